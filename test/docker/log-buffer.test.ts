import fc from "fast-check";
import { expect, test } from "vitest";
import { createLogBuffer } from "../../src/docker/log-buffer.ts";
import type { LogLine } from "../../src/docker/logs.ts";

const line = (text: string): LogLine => ({ stamp: "", stream: "out", text });
const lines = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => line(`${from + index}`));
const roomy = { lines: 1000, bytes: 1e9 };

function textsOf(buffer: ReturnType<typeof createLogBuffer>): string[] {
  const texts: string[] = [];
  for (let at = buffer.first(); at < buffer.end(); at++) texts.push(buffer.get(at)?.text ?? "missing");
  return texts;
}

test("lines keep their numbers while the buffer grows at both ends", () => {
  const buffer = createLogBuffer(roomy);
  buffer.append(lines(0, 3));
  buffer.prepend(lines(-2, 0));
  buffer.append(lines(3, 4));
  expect([buffer.first(), buffer.end()]).toEqual([-2, 4]);
  expect(textsOf(buffer)).toEqual(["-2", "-1", "0", "1", "2", "3"]);
  expect([buffer.get(-3), buffer.get(4)]).toEqual([undefined, undefined]);
});

test("the oldest lines go first", () => {
  const buffer = createLogBuffer({ lines: 3, bytes: 1e9 });
  buffer.append(lines(0, 5));
  expect([textsOf(buffer), buffer.first(), buffer.dropped()]).toEqual([["2", "3", "4"], 2, 2]);
});

test("the newest lines make room for older ones, and their numbers come again", () => {
  const buffer = createLogBuffer({ lines: 6, bytes: 1e9 });
  buffer.append(lines(10, 15));
  expect(buffer.prepend(lines(8, 10))).toBe(1);
  expect(textsOf(buffer)).toEqual(["8", "9", "10", "11", "12", "13"]);
  buffer.append(lines(14, 15));
  expect([textsOf(buffer), buffer.first()]).toEqual([["9", "10", "11", "12", "13", "14"], -1]);
});

test("older lines that are more than may be kept lose their own beginning", () => {
  const buffer = createLogBuffer({ lines: 4, bytes: 1e9 });
  buffer.append(lines(10, 12));
  expect(buffer.prepend(lines(0, 10))).toBe(1);
  expect(textsOf(buffer)).toEqual(["7", "8", "9", "10"]);
});

test("large lines after many small ones push out as many as it takes", () => {
  const limits = { lines: 50_000, bytes: 100_000 };
  const buffer = createLogBuffer(limits);
  buffer.append(lines(0, 800));
  for (let count = 0; count < 50; count++) buffer.append([line("x".repeat(20_000))]);
  const kept = textsOf(buffer).reduce((sum, text) => sum + text.length, 0);
  expect(kept).toBeLessThanOrEqual(limits.bytes);
});

test("one line larger than the limit is kept alone", () => {
  const buffer = createLogBuffer({ lines: 10, bytes: 100 });
  buffer.append([line("a"), line("x".repeat(1000))]);
  expect(textsOf(buffer)).toEqual(["x".repeat(1000)]);
});

test("cleared, it goes on counting where it was", () => {
  const buffer = createLogBuffer(roomy);
  buffer.append(lines(0, 3));
  buffer.clear();
  expect([buffer.first(), buffer.end()]).toEqual([3, 3]);
  buffer.append(lines(3, 4));
  expect([textsOf(buffer), buffer.get(2)]).toEqual([["3"], undefined]);
});

test("it holds one stretch of the log, whatever was done to it, and never more than its limits", () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant("append" as const), count: fc.nat(9000) }),
    fc.record({ kind: fc.constant("prepend" as const), count: fc.nat(50) }),
    fc.record({ kind: fc.constant("clear" as const), count: fc.constant(0) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 6 }), fc.integer({ min: 1, max: 5000 }), (steps, limit) => {
      const buffer = createLogBuffer({ lines: limit, bytes: 1e9 });
      for (const { kind, count } of steps) {
        if (kind === "append") buffer.append(lines(buffer.end(), buffer.end() + count));
        else if (kind === "prepend") buffer.prepend(lines(buffer.first() - count, buffer.first()));
        else buffer.clear();
        expect(buffer.end() - buffer.first()).toBeLessThanOrEqual(limit);
        expect(buffer.get(buffer.first())?.text ?? `${buffer.first()}`).toBe(`${buffer.first()}`);
        expect(buffer.get(buffer.end() - 1)?.text ?? `${buffer.end() - 1}`).toBe(`${buffer.end() - 1}`);
      }
    }),
    { numRuns: 50 },
  );
});
