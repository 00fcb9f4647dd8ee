import { afterEach, expect, test } from "vitest";
import type { LogFeed } from "../../../src/docker/log-buffer.ts";
import type { LogLine } from "../../../src/docker/logs.ts";
import { removeAll, runContainer, until } from "../desk.ts";
import { describeEngine, sharedEngine } from "../engine-test.ts";
import { closeFeeds, dockerLogs, keptLines, lastOf, openMerged, readDown } from "./reading.ts";

afterEach(closeFeeds);

const names = Array.from({ length: 20 }, (_, at) => `one-${at + 1}`);

/** Writes lines of its name and a counter: so many at once, and when it may go on, in bursts with pauses between. */
function script(name: string, before: number): string {
  return [
    `n=0; burst() { for i in $(seq $1); do n=$((n + 1)); echo "${name} $n"; done; }`,
    `burst ${before}; echo "${name} waits"; until [ -e /shared/go ]; do sleep 0.05; done`,
    "for turn in $(seq 25); do burst $((RANDOM % 9)); sleep 0.0$((RANDOM % 9)); done",
    `echo "${name} ends"; exec sleep 100000`,
  ].join("; ");
}

type Stamped = Pick<LogLine, "stamp" | "text">;

const plain = ({ stamp, text }: LogLine): Stamped => ({ stamp, text });

/** The log of a container as the engine has it. */
async function logOf(name: string): Promise<Stamped[]> {
  return (await dockerLogs(name, "--timestamps")).map((line) => {
    const space = line.indexOf(" ");
    return { stamp: line.slice(0, space), text: line.slice(space + 1) };
  });
}

/** How many of the logs are there to their ends. */
function ended(feed: LogFeed): number {
  return keptLines(feed).filter(({ text }) => text.endsWith(" ends")).length;
}

/** The lines of each container in the order in which they are kept. */
function byName(lines: readonly LogLine[]): Record<string, Stamped[]> {
  return Object.fromEntries(
    names.map((name) => [name, lines.filter(({ from }) => from === name).map(plain)]),
  );
}

/** The first line that is kept behind one of a later moment, and those beside it. */
function disorder(lines: readonly LogLine[]): Stamped[] {
  const at = lines.findIndex(({ stamp }, index) => stamp < (lines[index - 1]?.stamp ?? ""));
  return at < 0 ? [] : lines.slice(at - 2, at + 2).map(plain);
}

/** Reads up to the first lines; that something is fetched is told a little later than it is asked for. */
async function readAllUp(feed: LogFeed): Promise<void> {
  while (feed.get().older !== "none") {
    const { version } = feed.get();
    feed.loadOlder();
    await until(feed, (state) => state.version !== version);
  }
}

describeEngine("the logs of twenty containers as one", () => {
  afterEach(() => removeAll(sharedEngine()));

  test("hold all of their lines by time, those from before and those that come", async () => {
    // Of the first five more was written before than is read at first.
    const begin = (name: string, at: number) =>
      runContainer(sharedEngine(), name, {
        flags: ["-v", "shared:/shared"],
        command: ["sh", "-c", script(name, at < 5 ? 2_500 : 10 * at)],
      });
    for (const [at, name] of names.entries()) await begin(name, at);
    const feed = await openMerged(names);
    // Lines older than all that is read of one of them are not there yet.
    await until(feed, () => lastOf(feed) === "one-20 waits", 30_000);
    await sharedEngine().docker("exec", names[0] ?? "", "touch", "/shared/go");
    await until(feed, () => ended(feed) === names.length, 30_000);
    await readAllUp(feed);
    const whole = Object.fromEntries(
      await Promise.all(names.map(async (name) => [name, await logOf(name)] as const)),
    );
    expect(byName(keptLines(feed))).toEqual(whole);
    expect(disorder(keptLines(feed))).toEqual([]);
    await feed.places.seek("start");
    await readDown(feed);
    expect(byName(keptLines(feed))).toEqual(whole);
    expect(disorder(keptLines(feed))).toEqual([]);
  }, 90_000);
});
