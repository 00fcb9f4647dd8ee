import type { LogBuffer } from "../../docker/log-buffer.ts";
import type { LogLine } from "../../docker/logs.ts";

/** The engine stamps the two outputs side by side: a line may stand so many ms behind one with a later stamp. */
const disorderMs = 50;
/** So many lines are compared to find a place; and of one moment at most so many. */
const compared = 32;
const mostOfMoment = 20_000;
/** The engine cuts after 16 KiB, and the last so many lines may begin within one: shorter ones were never cut. */
const pieceBytes = 16_384;
const shortestCut = pieceBytes / 3;
const utf8 = new TextEncoder();

/** A moment (unix ms) as a log's lines have it. */
export function stampOf(moment: number): string {
  return `${new Date(moment).toISOString().slice(0, -1)}000000Z`;
}

/** From which stamp on lines are asked for, so that all that stand behind a line are among them. */
export function reachingBack({ stamp }: LogLine): string {
  return stampOf(Date.parse(stamp) - disorderMs);
}

/** Up to which stamp lines are asked for, so that all that stand before a line are among them. */
export function reachingOn({ stamp }: LogLine): string {
  return stampOf(Date.parse(stamp) + disorderMs);
}

/** Whether two readings brought the same line. */
export function isSame(one: LogLine | undefined, other: LogLine | undefined): boolean {
  return (
    one !== undefined && one.stamp === other?.stamp && one.text === other.text && one.stream === other.stream
  );
}

/** Whether that is the line, or the end of it. */
export function isEndOf(part: LogLine, line: LogLine | undefined): boolean {
  if (line === undefined || line.stream !== part.stream) return false;
  if (line.stamp !== part.stamp) return isEndFromPiece(part, line);
  return line.text === part.text || (line.text.length >= shortestCut && line.text.endsWith(part.text));
}

/** The driver journald stamps every piece of a line for itself: what is left of it begins with a later piece. */
function isEndFromPiece(part: LogLine, line: LogLine): boolean {
  const before = line.text.length - part.text.length;
  if (line.stamp > part.stamp || before < shortestCut || !line.text.endsWith(part.text)) return false;
  return utf8.encode(line.text.slice(0, before)).length % pieceBytes === 0;
}

/** Whether that is the beginning of a line, the last pieces of which came later than what was read. */
function isBeginOf(part: LogLine, line: LogLine): boolean {
  return (
    part.text.length >= shortestCut && isSame({ ...line, text: line.text.slice(0, part.text.length) }, part)
  );
}

const isShort = ({ text }: LogLine) => text.length < shortestCut;

/** The first lines of a part of a log, those of one moment: what lies above them is found by them. */
export type Head = [LogLine, ...LogLine[]];

/** The head of those lines; undefined when there are none. */
export function headOf(lines: Iterable<LogLine>): Head | undefined {
  let head: Head | undefined;
  let moment = "";
  for (const line of lines) {
    if (line.remark) continue;
    if (!head) [head, moment] = [[line], reachingOn(line)];
    // Up to one line behind a long one, so that all its pieces are before that.
    else if (line.stamp > moment && (head.length > 1 || isShort(head[0]))) break;
    else if (head.length >= mostOfMoment) break;
    else head.push(line);
  }
  return head;
}

/** The lines that are kept, from the first one on. */
export function* keptFrom(buffer: LogBuffer): Generator<LogLine> {
  for (let at = buffer.first(), line = buffer.get(at); line; line = buffer.get(at)) {
    yield line;
    at += 1;
  }
}

/** The last so many lines kept. */
export function tailOf(buffer: LogBuffer, most: number): LogLine[] {
  const tail: LogLine[] = [];
  for (let at = buffer.end() - 1; tail.length < most; at -= 1) {
    const line = buffer.get(at);
    if (!line) break;
    if (!line.remark) tail.push(line);
  }
  return tail.reverse();
}

/** Where in what was read the lines of a head begin; undefined when they are not there. */
export function placeIn(read: readonly LogLine[], head: Head): number | undefined {
  const [first, ...others] = head;
  const next = others.slice(0, compared);
  const begins = (at: number) =>
    isEndOf(first, read[at]) &&
    next.every((line, index) => {
      const other = read[at + 1 + index];
      return !other || isSame(other, line) || (other === read.at(-1) && isBeginOf(other, line));
    });
  // There, unless lines are in disorder.
  const likely = Math.max(0, read.length - head.length);
  for (let away = 0; away <= read.length; away += 1) {
    if (begins(likely - away)) return likely - away;
    if (begins(likely + away)) return likely + away;
  }
  return undefined;
}

/** Words of dockui's own among the lines. */
export function remark(stamp: string, text: string): LogLine {
  return { stamp, stream: "err", text: `dockui: ${text}`, remark: true };
}
