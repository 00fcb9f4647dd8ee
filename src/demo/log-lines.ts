import { scatter } from "./ids.ts";
import { lineCount } from "./lifecycle.ts";
import { type SaidLine, voices } from "./log-voices.ts";
import type { DemoContainer, LogSpan } from "./types.ts";
import { nanosPerMs } from "./units.ts";
import type { DemoWorld } from "./world.ts";

/** A moment: ms since 1970 and the nanoseconds (0…999,999) within it. */
export type Moment = { ms: number; ns: number };

/** A line of a log and when it was logged. */
export type LogLine = Moment & SaidLine;

/** Which lines, by index: generated ones and those a test wrote; the ends are exclusive. */
export type LineRange = { from: number; to: number; writtenFrom: number; writtenTo: number };

/** As many generated lines as log rotation keeps. */
const kept = 250_000;

/** Which of two moments is earlier: negative when the first is. */
export const compareMoments = (one: Moment, other: Moment): number => one.ms - other.ms || one.ns - other.ns;

function spanOf(spans: readonly LogSpan[], index: number): LogSpan | undefined {
  return spans.findLast(({ first }) => first <= index);
}

function momentOf(container: DemoContainer, index: number): Moment {
  const span = spanOf(container.logSpans, index);
  if (span === undefined) return { ms: 0, ns: 0 };
  const place = index - span.first + scatter(index, container.ordinal) * 0.6;
  const offset = place * container.logEvery;
  const ms = Math.floor(offset);
  return { ms: span.from + ms, ns: Math.floor((offset - ms) * nanosPerMs) };
}

/** The generated line of this index, computed each time it is asked for. */
export function lineAt(container: DemoContainer, index: number): LogLine {
  const moment = momentOf(container, index);
  const said = voices[container.voice]({ index, at: moment.ms, salt: container.ordinal });
  return { ...moment, ...said };
}

/** All lines there are now: those rotation kept, and those written. */
export function allLines(world: DemoWorld, container: DemoContainer): LineRange {
  const to = lineCount(container, world.logClock());
  const writtenTo = world.written.get(container.id)?.length ?? 0;
  return { from: Math.max(0, to - kept), to, writtenFrom: 0, writtenTo };
}

function writtenLines(world: DemoWorld, container: DemoContainer, range: LineRange): LogLine[] {
  const lines = world.written.get(container.id) ?? [];
  return lines
    .slice(range.writtenFrom, range.writtenTo)
    .map(({ at, stream, text }, index) => ({ ms: at, ns: range.writtenFrom + index, stream, text }));
}

/** The lines of a range in the order of their moments. */
export function* linesIn(world: DemoWorld, container: DemoContainer, range: LineRange): Generator<LogLine> {
  const written = writtenLines(world, container, range);
  let next = 0;
  for (let index = range.from; index < range.to; index += 1) {
    const line = lineAt(container, index);
    for (
      let other = written[next];
      other !== undefined && compareMoments(other, line) < 0;
      other = written[next]
    ) {
      yield other;
      next += 1;
    }
    yield line;
  }
  yield* written.slice(next);
}

/** The last `count` lines of a range, made one by one. */
export function* tailOf(
  world: DemoWorld,
  container: DemoContainer,
  { range, count }: { range: LineRange; count: number },
): Generator<LogLine> {
  const from = Math.max(range.from, range.to - count);
  const writtenFrom = Math.max(range.writtenFrom, range.writtenTo - count);
  let surplus = range.to - from + range.writtenTo - writtenFrom - count;
  for (const line of linesIn(world, container, { ...range, from, writtenFrom })) {
    if (surplus > 0) surplus -= 1;
    else yield line;
  }
}

/** The range without the generated lines before `since`, so that they need not be made. */
export function skipTo(container: DemoContainer, range: LineRange, since: Moment): LineRange {
  let [low, high] = [range.from, range.to];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareMoments(momentOf(container, middle), since) < 0) low = middle + 1;
    else high = middle;
  }
  return { ...range, from: low };
}
