import type { LogLine } from "../../../docker/logs.ts";

/** Lines of a log, some at a time. */
export type Batches = AsyncIterable<readonly LogLine[]>;

/** One of the logs: the lines of it that were read and are not taken yet. */
type Head = { batches: AsyncIterator<readonly LogLine[]>; lines: readonly LogLine[]; at: number };

/**
 * Several logs as one, by the time of their lines; those of one moment in the order of the logs. Of each only as much is
 * read as has its turn, so that logs of any size can be merged. One that fails makes all fail.
 */
export async function* mergeByTime(logs: readonly Batches[]): AsyncGenerator<readonly LogLine[]> {
  const all = logs.map((log): Head => ({ batches: log[Symbol.asyncIterator](), lines: [], at: 0 }));
  try {
    const filled = await Promise.all(all.map(fill));
    let heads = all.filter((_, index) => filled[index]);
    while (heads.length > 0) {
      const first = heads.reduce((one, other) => (stampOf(other) < stampOf(one) ? other : one));
      yield takeFrom(first, heads);
      if (first.at >= first.lines.length && !(await fill(first)))
        heads = heads.filter((head) => head !== first);
    }
  } finally {
    // One that is being read returns when its signal ends it.
    for (const { batches } of all) batches.return?.()?.catch(() => {});
  }
}

function stampOf({ lines, at }: Head): string {
  return lines[at]?.stamp ?? "";
}

/** The lines of a log up to where that of another one comes first. */
function takeFrom(first: Head, heads: readonly Head[]): readonly LogLine[] {
  const place = heads.indexOf(first);
  const earlier = least(heads.slice(0, place));
  const later = least(heads.slice(place + 1));
  const isFirst = (stamp: string) =>
    (earlier === undefined || stamp < earlier) && (later === undefined || stamp <= later);
  const from = first.at;
  first.at += 1;
  while (first.at < first.lines.length && isFirst(stampOf(first))) first.at += 1;
  return first.lines.slice(from, first.at);
}

function least(heads: readonly Head[]): string | undefined {
  return heads
    .map(stampOf)
    .reduce<string | undefined>((one, other) => (one === undefined || other < one ? other : one), undefined);
}

/** Reads on; answers whether there was more. */
async function fill(head: Head): Promise<boolean> {
  for (;;) {
    const { value, done } = await head.batches.next();
    if (done) return false;
    if (value.length === 0) continue;
    head.lines = value;
    head.at = 0;
    return true;
  }
}
