import { expect, test } from "vitest";
import type { Engine } from "../../../src/docker/engine.ts";
import type { Process } from "../../../src/docker/inside/processes.ts";
import { createProcessSource } from "../../../src/hooks/processes/source.ts";
import type { FakeClock } from "../../fake-clock.ts";
import { containerOf, openSession } from "../../fake-session.ts";

const web = containerOf({ name: "web" });

/** A source over an engine that answers with these processes after `tookMs`; how often it was asked. */
async function openSource(answer: () => Process[], tookMs = 0) {
  const asked = { times: 0 };
  let clock: FakeClock | undefined;
  const processes: Engine["processes"] = async () => {
    asked.times += 1;
    await new Promise<void>((resolve) => clock?.after(tookMs, resolve));
    return answer();
  };
  const detail = async () => ({ graceSeconds: 10, pid: 1, tty: false, oomKilled: false });
  const opened = await openSession([web], { engine: { processes, detail: detail as never } });
  clock = opened.clock;
  const source = createProcessSource(opened.session, web);
  const stop = source.subscribe(() => {});
  source.refresh(undefined);
  return { source, stop, asked, clock };
}

const process = (pid: number, command: string): Process => ({ pid, user: "root", command });

test("what ps answers at once is asked again every two seconds, and no more when nobody looks", async () => {
  const { source, stop, asked, clock } = await openSource(() => [process(1, "run"), process(2, "work")]);
  await clock.wind(100);
  expect(source.get().items.map(({ id, main }) => [id, main])).toEqual([
    ["1 run", true],
    ["2 work", false],
  ]);
  await clock.wind(10_000);
  expect(asked.times).toBe(6);
  stop();
  await clock.wind(10_000);
  expect(asked.times).toBe(6);
});

test("a ps that is dear is asked every five seconds, counted from its answer", async () => {
  const { asked, clock } = await openSource(() => [process(1, "run")], 1_000);
  await clock.wind(1_000);
  await clock.wind(12_000);
  expect(asked.times).toBe(3);
});

test("a number that went to another program is another row", async () => {
  let command = "old";
  const { source, clock } = await openSource(() => [process(7, command)]);
  await clock.wind(100);
  command = "new";
  await clock.wind(2_100);
  expect(source.get().items.map(({ id }) => id)).toEqual(["7 new"]);
});

test("a container that does not run has none; another failure is told", async () => {
  let error = Object.assign(new Error("Container web is not running"), { statusCode: 409 });
  const { source, clock } = await openSource(() => {
    throw error;
  });
  await clock.wind(100);
  expect(source.get()).toMatchObject({ items: [], loading: false });
  expect(source.get().problem).toBeUndefined();
  error = Object.assign(new Error("ps is broken"), { statusCode: 500 });
  await clock.wind(2_100);
  expect(source.get().problem?.message).toBe("ps is broken");
});
