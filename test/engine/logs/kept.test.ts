import { afterEach, expect, test } from "vitest";
import { usualLimits } from "../../../src/docker/log-buffer.ts";
import { plainLine } from "../../../src/format/log/plain-line.ts";
import { removeAll, runContainer, until } from "../desk.ts";
import { describeEngine, sharedEngine } from "../engine-test.ts";
import { closeFeeds, dockerLogs, keptLines, lastOf, openFeed, textsOf } from "./reading.ts";

afterEach(closeFeeds);

const total = 300_000;

/** Lines of many lengths, with colours, tabs and letters of several bytes, as fast as a program can write them. */
const written = `BEGIN {
  for (x = ""; length(x) < 600; ) x = x "0123456789 "
  for (n = 1; n <= ${total}; n++) {
    if (n % 7 == 0) printf "\\033[3%dm%d\\033[0m\\tgrüße 漢字\\n", n % 8, n
    else if (n % 11 == 0) printf "%d\\r%d done\\n", n, n
    else if (n % 1000 == 1) print n, x
    else print n, "request GET /api/users/" n % 977, "took", n % 31, "ms"
  }
  print "the end"
}`;

/** The number that a line begins with, whatever its colours. */
const numberOf = (text: string) => Number.parseInt(plainLine(text), 10);

/** The first of these lines that is not as in the others, and that one: a diff of thousands of lines takes minutes. */
function difference(lines: readonly string[], others: readonly string[]): unknown[] {
  const wrong = lines.findIndex((line, at) => line !== others[at]);
  if (wrong < 0 && lines.length === others.length) return [];
  return [wrong, lines[wrong], others[wrong], lines.length, others.length];
}

describeEngine("what is kept of a log that was written as fast as it can be", () => {
  afterEach(() => removeAll(sharedEngine()));

  test.each([
    ["50,000 lines", usualLimits],
    ["2 MB", { lines: 1e9, bytes: 2_000_000 }],
  ])("is its end to the byte: %s", async (_, limits) => {
    const script = `until [ -e /go ]; do sleep 0.05; done; awk '${written}'; exec sleep 100000`;
    await runContainer(sharedEngine(), "fast", { command: ["sh", "-c", script] });
    const feed = await openFeed("fast", limits);
    await until(feed, ({ status }) => status === "following");
    await sharedEngine().docker("exec", "fast", "touch", "/go");
    await until(feed, () => lastOf(feed) === "the end");
    const kept = keptLines(feed).map(({ stamp, text }) => `${stamp} ${text}`);
    const tail = await dockerLogs("fast", "--timestamps", "--tail", String(kept.length));
    expect(difference(kept, tail)).toEqual([]);
    expect(kept.length).toBeGreaterThan(10_000);
    expect(kept.length).toBeLessThanOrEqual(limits.lines);
    expect(kept.length + feed.buffer.dropped()).toBe(total + 1);
    const shown = textsOf(feed).slice(0, -1).map(numberOf);
    expect(shown.filter((number, at) => at > 0 && number !== (shown[at - 1] ?? 0) + 1)).toEqual([]);
  });
});
