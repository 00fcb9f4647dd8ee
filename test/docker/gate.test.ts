import { expect, test } from "vitest";
import { startDemoEngine } from "../../src/demo/index.ts";
import { unix } from "../../src/docker/endpoint.ts";
import { createEngine } from "../../src/docker/engine.ts";

test("a list does not wait for stops that take their grace time", async () => {
  const demo = await startDemoEngine({ quiet: true });
  const engine = createEngine(unix(demo.socketPath), { readOnly: false, now: Date.now });
  await engine.connect(new AbortController().signal);
  const leaving = new AbortController();
  const running = (await engine.containers()).filter(({ state }) => state === "running").slice(0, 5);
  for (const _ of running)
    demo.answerNext({ method: "POST", path: /\/stop/ }, { status: 200, message: "", delayMs: 60_000 });
  let stopped = 0;
  const stops = running.map(({ id }) =>
    engine.stop(id, 10, leaving.signal).then(
      () => (stopped += 1),
      () => undefined,
    ),
  );
  expect((await engine.containers()).length).toBeGreaterThan(running.length);
  expect([running.length, stopped]).toEqual([5, 0]);
  leaving.abort();
  await Promise.all(stops);
  engine.close();
  await demo.close();
});
