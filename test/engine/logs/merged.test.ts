import { afterEach, expect, test } from "vitest";
import type { LogLine } from "../../../src/docker/logs.ts";
import { removeAll, runContainer, until } from "../desk.ts";
import { describeEngine, sharedEngine } from "../engine-test.ts";
import {
  closeFeeds,
  dockerLogs,
  keptLines,
  openMerged,
  readDown,
  readUp,
  type WholeFeed,
} from "./reading.ts";

afterEach(closeFeeds);

const names = Array.from({ length: 20 }, (_, at) => `writer-${at}`);

/** Some hundred lines at once, then more with uneven pauses until it is told to end. */
const script = `
n=1; while [ $n -le 1300 ]; do echo "$NAME $n"; n=$((n + 1)); done
until [ -e /end ]; do echo "$NAME $n"; n=$((n + 1)); sleep 0.0$((n * 7919 % 5)); done
exec sleep 100000`;

/** Each as one text: its stamp, whose it is, what it says. */
const written = (lines: readonly LogLine[]) =>
  lines.map(({ stamp, from, text }) => `${stamp} ${from} ${text}`);

/** All lines of the logs as the engine has them, sorted by their stamps. */
async function sorted(): Promise<string[]> {
  const logs = await Promise.all(
    names.map(async (name) =>
      (await dockerLogs(name, "--timestamps")).map((line) => line.replace(" ", ` ${name} `)),
    ),
  );
  return logs.flat().toSorted((a, b) => (stampOf(a) < stampOf(b) ? -1 : stampOf(a) > stampOf(b) ? 1 : 0));
}

const stampOf = (text: string) => text.slice(0, text.indexOf(" "));

/** What is kept is in order, and of each log without a gap. */
function expectOneLog(feed: WholeFeed): void {
  const lines = keptLines(feed);
  expect(lines.filter(({ stamp }, at) => at > 0 && stamp < (lines[at - 1]?.stamp ?? ""))).toEqual([]);
  const last = new Map<string, number>();
  for (const { from = "", text } of lines) {
    const number = Number(text.split(" ")[1]);
    expect([from, number]).toEqual([from, (last.get(from) ?? number - 1) + 1]);
    last.set(from, number);
  }
}

const endAll = () => Promise.all(names.map((name) => sharedEngine().docker("exec", name, "touch", "/end")));

describeEngine("the logs of twenty containers", () => {
  afterEach(() => removeAll(sharedEngine()));

  const runAll = () =>
    Promise.all(
      names.map((name) =>
        runContainer(sharedEngine(), name, { flags: ["-e", `NAME=${name}`], command: ["sh", "-c", script] }),
      ),
    );

  test("written meanwhile are one log in the order of their stamps, up to the first line", async () => {
    await runAll();
    const feed = await openMerged(names);
    await until(feed, () => new Set(keptLines(feed).map(({ from }) => from)).size === names.length);
    await readUp(feed, () => expectOneLog(feed));
    await endAll();
    const all = await sorted();
    await until(feed, () => keptLines(feed).length === all.length);
    const kept = written(keptLines(feed));
    expect(kept.map(stampOf)).toEqual(all.map(stampOf));
    // Lines of one moment stand in either order.
    expect(kept.toSorted()).toEqual(all.toSorted());
  });

  test("are read up and down while fewer lines are kept than there are", async () => {
    await runAll();
    await endAll();
    const feed = await openMerged(names, { lines: 9_000, bytes: 1e9 });
    await until(feed, () => keptLines(feed).length > 0);
    await readUp(feed, () => expectOneLog(feed));
    await readDown(feed, () => expectOneLog(feed));
    const all = await sorted();
    await until(feed, () => written(keptLines(feed)).at(-1)?.slice(0, 30) === all.at(-1)?.slice(0, 30));
    const kept = written(keptLines(feed));
    expect(kept.toSorted()).toEqual(all.slice(-kept.length).toSorted());
    await feed.places.seek("start");
    expect(stampOf(written(keptLines(feed))[0] ?? "")).toBe(stampOf(all[0] ?? "-"));
    await readDown(feed, () => expectOneLog(feed));
  });
});
