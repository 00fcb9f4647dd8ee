import { expect, test } from "vitest";
import { createLogBuffer } from "../../../src/docker/log-buffer.ts";
import type { LogLine, LogRange } from "../../../src/docker/logs.ts";
import { stampOf } from "../../../src/hooks/log/places.ts";
import { createRecheck, mended } from "../../../src/hooks/log/recheck.ts";
import { createFakeClock } from "../../fake-clock.ts";

const line = (number: number): LogLine => ({ stamp: stampOf(number), stream: "out", text: `${number}` });
const linesOf = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => line(from + at));

/** What is kept of a log of which the stream left out some lines. */
function after(kept: readonly LogLine[], log: readonly LogLine[]) {
  const clock = createFakeClock();
  const buffer = createLogBuffer({ lines: 50_000, bytes: 1e9 });
  buffer.append(kept);
  const asked: LogRange[] = [];
  const found: (readonly LogLine[])[] = [];
  let isLive = true;
  const recheck = createRecheck({
    ...{ clock, buffer, isLive: () => isLive },
    async *read(range) {
      asked.push(range);
      yield log.slice(-(range.tail ?? 0));
    },
    mend: (lines) => void found.push(lines),
  });
  recheck.add(kept.length);
  const texts = () => mended(buffer, found[0] ?? []).map(({ text }) => text);
  const leaveEnd = () => {
    isLive = false;
  };
  return { clock, buffer, recheck, asked, found, texts, leaveEnd };
}

const numbers = (from: number, to: number) => linesOf(from, to).map(({ text }) => text);

test("after a burst of which nothing is missing all stays as it is", async () => {
  const { clock, asked, found } = after(linesOf(0, 2_000), linesOf(0, 2_000));
  await clock.wind(300);
  expect(asked).toEqual([]);
  await clock.wind(300);
  // One line more is asked for, since the first may be the end of a long one.
  expect([asked.map(({ tail }) => tail), found]).toEqual([[2_001], []]);
});

test("lines that the stream left out are put in their place", async () => {
  const kept = [...linesOf(0, 600), ...linesOf(1_000, 1_700)];
  const { clock, texts } = after(kept, linesOf(0, 1_700));
  await clock.wind(500);
  expect(texts()).toEqual(numbers(0, 1_700));
});

test("after few lines it is looked at, too, when the log was quiet for longer", async () => {
  const { clock, found, texts } = after(linesOf(0, 10), linesOf(0, 13));
  await clock.wind(500);
  expect(found).toEqual([]);
  await clock.wind(3_000);
  expect(texts()).toEqual(numbers(0, 13));
});

test("a log that is read whole has its first line, also where that one was left out", async () => {
  const { clock, texts } = after(linesOf(1, 900), linesOf(0, 902));
  await clock.wind(500);
  expect(texts()).toEqual(numbers(0, 902));
});

test("last lines that do not come are fetched", async () => {
  const { clock, texts } = after(linesOf(0, 1_000), linesOf(0, 1_010));
  await clock.wind(500);
  expect(texts()).toEqual(numbers(0, 1_010));
});

test("where more is missing than is compared, that is said", async () => {
  const { clock, texts } = after([...linesOf(0, 500), ...linesOf(90_000, 90_300)], linesOf(0, 90_300));
  await clock.wind(500);
  expect(texts()).toEqual([
    ...numbers(0, 500),
    "dockui: lines are missing here: the engine left them out",
    ...numbers(86_300, 90_300),
  ]);
});

test("a few lines are no burst, and one who reads elsewhere is left alone", async () => {
  const few = after(linesOf(0, 40), linesOf(0, 80));
  await few.clock.wind(1_000);
  expect(few.asked).toEqual([]);
  const away = after(linesOf(0, 1_000), linesOf(0, 2_000));
  away.leaveEnd();
  await away.clock.wind(1_000);
  expect([away.asked, away.found]).toEqual([[], []]);
});

test("what comes meanwhile puts it off, and who leaves ends it", async () => {
  const { clock, recheck, asked } = after(linesOf(0, 1_000), linesOf(0, 1_000));
  for (let turn = 0; turn < 5; turn += 1) {
    await clock.wind(300);
    recheck.add(10);
  }
  expect(asked).toEqual([]);
  recheck.stop();
  await clock.wind(1_000);
  expect(asked).toEqual([]);
});
