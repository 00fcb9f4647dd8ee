import { afterEach, expect, test } from "vitest";
import { createEngine } from "../../src/docker/engine.ts";
import { explain } from "../../src/docker/errors.ts";
import { createFakeClock } from "../fake-clock.ts";
import { closeRawEngines, http, openRawEngine } from "./raw-engine.ts";

afterEach(closeRawEngines);

const signal = new AbortController().signal;
const gone = http(404, '{"message":"NotFound: snapshot sha256:1 does not exist: not found"}');
const broken = http(500, '{"message":"snapshot sha256:1 does not exist: not found"}');

/** An engine that fails so often, and how often it was asked after so many waits. */
async function ask(answer: Buffer, failures: number, verb: "images" | "df" | "inspect" = "images") {
  const raw = await openRawEngine(() => (left-- > 0 ? answer : http(200, verb === "images" ? "[]" : "{}")));
  let left = failures;
  const clock = createFakeClock();
  const engine = createEngine(raw.endpoint, { readOnly: true, now: clock.now, clock });
  await engine.connect(signal);
  const verbs = {
    images: () => engine.images(),
    df: () => engine.df(signal),
    inspect: () => engine.inspect("c"),
  };
  const so: { kind?: string } = {};
  verbs[verb]().then(
    () => (so.kind = "done"),
    (error) => (so.kind = explain(error).kind),
  );
  const asked = () => raw.requests.length - 1;
  for (let count = 1; so.kind === undefined; count++) {
    await expect
      .poll(() => so.kind !== undefined || (asked() === count && clock.due().includes(300)))
      .toBe(true);
    await clock.wind(300);
  }
  engine.close();
  return [so.kind, asked()];
}

test.each([
  ["an image that went", gone, 2, "images", ["done", 3]],
  ["one that the engine takes for a fault of its own", broken, 1, "images", ["done", 2]],
  ["one while the disk is measured", broken, 1, "df", ["done", 2]],
  ["one that goes for ever", gone, 100, "images", ["gone", 5]],
  [
    "an engine without such a list",
    http(404, '{"message":"page not found"}'),
    9,
    "images",
    ["unsupported", 1],
  ],
  ["an object that is gone is no list", gone, 9, "inspect", ["gone", 1]],
] as const)("a list that fails for %s is asked for again", async (_, answer, failures, verb, outcome) => {
  expect(await ask(answer, failures, verb)).toEqual(outcome);
});
