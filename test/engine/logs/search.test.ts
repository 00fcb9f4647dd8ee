import { afterEach, beforeEach, expect, test } from "vitest";
import type { LogLine } from "../../../src/docker/logs.ts";
import { type Pattern, parsePattern } from "../../../src/format/log/filter.ts";
import { createLogView } from "../../../src/hooks/log/view.ts";
import { removeAll, runContainer, until } from "../desk.ts";
import { describeEngine, sharedEngine } from "../engine-test.ts";
import {
  closeFeeds,
  dockerLogs,
  keptLines,
  lastOf,
  openFeed,
  openMerged,
  textsOf,
  write,
} from "./reading.ts";

afterEach(closeFeeds);

const total = 60_000;

function filter(text: string): Pattern {
  const pattern = parsePattern(text);
  if ("fault" in pattern) throw new Error(pattern.fault);
  return pattern;
}

describeEngine("a log of 60,000 lines", () => {
  beforeEach(async () => {
    const script = `seq ${total}; exec sleep 100000`;
    await runContainer(sharedEngine(), "long", { command: ["sh", "-c", script] });
    // Else it is followed while it is written, and more than its last lines are kept.
    while ((await dockerLogs("long", "--tail", "1"))[0] !== `${total}`);
  });
  afterEach(() => removeAll(sharedEngine()));

  test("is searched beyond what is kept, in both directions", async () => {
    const feed = await openFeed("long");
    await until(feed, () => lastOf(feed) === `${total}`);
    const search = (from: LogLine | undefined, direction: 1 | -1, passes: (line: LogLine) => boolean) =>
      feed.places.search({
        ...{ from: from as LogLine, direction, passes },
        signal: new AbortController().signal,
        looked: () => {},
      });
    const first = keptLines(feed)[0];
    const is =
      (...texts: string[]) =>
      (line: LogLine) =>
        texts.includes(line.text);
    expect(await search(first, -1, is("1"))).toMatchObject({ text: "1" });
    expect(await search(first, -1, is("7", "31000", "31001", "59900"))).toMatchObject({ text: "31001" });
    expect(await search(first, -1, is("none"))).toBeUndefined();
    await feed.places.seek("start");
    const last = keptLines(feed).at(-1);
    expect(last?.text).toBe("1000");
    expect(await search(last, 1, is("2", "1000", "45678", "50000"))).toMatchObject({ text: "45678" });
    expect(await search(last, 1, is("1000"))).toBeUndefined();
  });

  test("is filtered as a whole, as grep does, and goes on so", async () => {
    const feed = await openFeed("long");
    const view = createLogView(feed);
    await until(feed, () => lastOf(feed) === `${total}`);
    const filters = [filter("77")];
    view.update((state) => ({ ...state, filters, whole: true }));
    await until(feed, ({ older }) => older === "none");
    const expected = (await dockerLogs("long")).filter((text) => text.includes("77"));
    expect(textsOf(feed)).toEqual(expected);
    expect(feed.get().looked).toBe(total);
    await write("long", "seq 60001 60100");
    await until(feed, () => lastOf(feed) === "60077");
    expect(textsOf(feed)).toEqual([...expected, "60077"]);
    view.update((state) => ({ ...state, context: 1 }));
    await until(feed, ({ older, looked }) => older === "none" && looked === total + 100);
    const all = await dockerLogs("long");
    const near = all.filter((_, at) => [at - 1, at, at + 1].some((index) => all[index]?.includes("77")));
    expect(textsOf(feed)).toEqual(near);
    view.update((state) => ({ ...state, filters: [], whole: false }));
    await until(feed, ({ looked }) => looked === undefined && lastOf(feed) === "60100");
    expect(textsOf(feed)).toEqual(all.slice(-500));
  });

  test("is filtered and searched together with another one", async () => {
    await runContainer(sharedEngine(), "other", { command: ["sh", "-c", "seq 3000; exec sleep 100000"] });
    const feed = await openMerged(["long", "other"]);
    const view = createLogView(feed, ["long", "other"]);
    await until(feed, () => keptLines(feed).some(({ from, text }) => from === "other" && text === "3000"));
    const filters = [filter("/999$/")];
    view.update((state) => ({ ...state, filters, whole: true }));
    await until(feed, ({ older, looked }) => older === "none" && looked === total + 3_000);
    const kept = keptLines(feed);
    for (const name of ["long", "other"])
      expect(kept.flatMap(({ from, text }) => (from === name ? [text] : []))).toEqual(
        (await dockerLogs(name)).filter((text) => text.endsWith("999")),
      );
    expect(kept.map(({ stamp }) => stamp)).toEqual(kept.map(({ stamp }) => stamp).toSorted());
    view.update((state) => ({ ...state, filters: [], whole: false }));
    await until(feed, ({ looked }) => looked === undefined && textsOf(feed).length >= 500);
    const found = await feed.places.search({
      ...{ from: keptLines(feed)[0] as LogLine, direction: -1, looked: () => {} },
      passes: (line) => line.from === "long" && line.text === "123",
      signal: new AbortController().signal,
    });
    expect(found).toMatchObject({ from: "long", text: "123" });
  });
});
