import { afterEach, beforeEach, expect, test } from "vitest";
import { removeAll, runContainer, until } from "../desk.ts";
import { describeJournal, sharedEngine } from "../engine-test.ts";
import {
  brief,
  closeFeeds,
  dockerLogs,
  expectRow,
  keptLines,
  lastOf,
  linesOf,
  numbers,
  openFeed,
  pageUp,
  readDown,
  readUp,
  textsOf,
  write,
} from "./reading.ts";

afterEach(closeFeeds);

const flags = ["--log-driver", "journald"];
const total = 30_000;

/** Lines of all kinds; the last one has no newline. */
const oddLines = [
  "echo one; echo; echo three >&2; sleep 0.2; echo four",
  "printf 'ünï 漢字 \\033[31mred\\033[0m\\ttab\\n'",
  "head -c 40000 /dev/zero | tr '\\0' x; echo; echo after",
  "head -c 16383 /dev/zero | tr '\\0' y; printf 'üüü\\n'",
  "echo; printf 'no newline'",
].join("; ");

/** 300 lines of six pieces each, since the engine cuts after 16 KiB; each piece has a stamp of its own. */
const longLines = [
  "x=$(head -c 90000 /dev/zero | tr '\\0' x)",
  'for i in $(seq 300); do echo "$i $x"; done',
].join("; ");

describeJournal("a log of the driver journald", () => {
  afterEach(() => removeAll(sharedEngine()));

  test.each([[[]], [["-t"]]])("with the flags %j is read as docker logs does", async (more) => {
    await runContainer(sharedEngine(), "odd", {
      flags: [...flags, ...more],
      command: ["sh", "-c", oddLines],
    });
    const lines = await linesOf("odd");
    const all = brief(await dockerLogs("odd"));
    expect(brief(lines.map(({ text }) => text))).toEqual(all);
    expect(all.at(-1)).toBe("no newline");
    const { stream } = lines.find(({ text }) => text === "three") ?? {};
    expect(stream).toBe(more.length > 0 ? "out" : "err");
    const feed = await openFeed("odd");
    await until(feed, ({ status }) => status === "ended");
    expect(brief(textsOf(feed))).toEqual(all);
    await feed.places.seek("start");
    await readDown(feed);
    expect(brief(textsOf(feed))).toEqual(all);
  });

  test.each([[[]], [["-t"]]])(
    "with the flags %j and lines in many pieces is read up to the first and down again",
    async (more) => {
      const options = { flags: [...flags, ...more], command: ["sh", "-c", longLines] };
      await runContainer(sharedEngine(), "long", options);
      await sharedEngine().docker("wait", "long");
      const feed = await openFeed("long");
      await until(feed, ({ status }) => status === "ended");
      await readUp(feed);
      const all = brief(await dockerLogs("long"));
      expect(brief(textsOf(feed))).toEqual(all);
      await feed.places.seek("start");
      await readDown(feed);
      expect(brief(textsOf(feed))).toEqual(all);
    },
  );

  test("of two outputs is read in the order in which the engine has them", async () => {
    const script = "for i in $(seq 10000); do echo o$i; echo e$i >&2; done";
    await runContainer(sharedEngine(), "mixed", { flags, command: ["sh", "-c", script] });
    await sharedEngine().docker("wait", "mixed");
    const all = await dockerLogs("mixed");
    expect(all).toHaveLength(20_000);
    const feed = await openFeed("mixed");
    await until(feed, ({ status }) => status === "ended");
    await readUp(feed);
    expect(textsOf(feed)).toEqual(all);
  });

  test("that was empty and gets very many lines at once has them all above", async () => {
    // An engine that follows an empty journal begins with what is its end by then.
    const script = "until [ -e /go ]; do sleep 0.05; done; seq 40000; exec sleep 100000";
    await runContainer(sharedEngine(), "flood", { flags, command: ["sh", "-c", script] });
    const feed = await openFeed("flood");
    await until(feed, ({ status }) => status === "following");
    await sharedEngine().docker("exec", "flood", "touch", "/go");
    await until(feed, () => lastOf(feed) === "40000");
    await readUp(feed, () => expectRow(textsOf(feed)));
    expect(textsOf(feed)).toEqual(numbers(1, 40_000));
  });

  test("is followed without losing a line or having one twice", async () => {
    const script = "for i in $(seq 2000); do echo $i; done; exec sleep 100000";
    await runContainer(sharedEngine(), "followed", { flags, command: ["sh", "-c", script] });
    const feed = await openFeed("followed");
    await until(feed, () => lastOf(feed) === "2000");
    for (let from = 2_001; from < 2_100; from += 10) await write("followed", `seq ${from} ${from + 9}`);
    // The engine's stream may leave some out: they are there when it is quiet.
    const isRow = () =>
      textsOf(feed).every((text, at, all) => at === 0 || Number(text) === Number(all[at - 1]) + 1);
    await until(feed, () => lastOf(feed) === "2100" && isRow());
    await readUp(feed);
    expect(textsOf(feed)).toEqual(await dockerLogs("followed"));
  });

  test("goes on over restarts", async () => {
    const script =
      'n=$(($(cat /n 2>/dev/null) + 1)); echo $n >/n; for i in 1 2 3; do echo "$n.$i"; done; exec sleep 100000';
    await runContainer(sharedEngine(), "again", { flags, command: ["sh", "-c", script] });
    const feed = await openFeed("again");
    for (const run of [1, 2, 3]) {
      await until(feed, () => textsOf(feed).length >= run * 3);
      expect(textsOf(feed).slice(-3)).toEqual([`${run}.1`, `${run}.2`, `${run}.3`]);
      expect(textsOf(feed)).toHaveLength(run * 3);
      if (run < 3) await sharedEngine().docker("restart", "-t", "0", "again");
    }
    expect(textsOf(feed)).toEqual(await dockerLogs("again"));
  });

  test("has as many last lines as asked for, counted before a moment that it ends at", async () => {
    await runContainer(sharedEngine(), "ten", { flags, command: ["sh", "-c", "seq 10"] });
    const all = await linesOf("ten");
    expect(all.map(({ text }) => text)).toEqual(numbers(1, 10));
    expect((await linesOf("ten", { tail: 3 })).map(({ text }) => text)).toEqual(["8", "9", "10"]);
    const stamp = all[3]?.stamp ?? "";
    const texts = async (range: object) => (await linesOf("ten", range)).map(({ text }) => text);
    expect(await texts({ since: stamp })).toEqual(numbers(4, 10));
    expect(await texts({ until: stamp })).toEqual(numbers(1, 4));
    expect(await texts({ until: stamp, tail: 2 })).toEqual(["3", "4"]);
    expect(await texts({ since: stamp, tail: 2 })).toEqual(["9", "10"]);
  });
});

describeJournal("a log of 30,000 lines of the driver journald", () => {
  beforeEach(async () => {
    const script = `seq ${total}; exec sleep 100000`;
    await runContainer(sharedEngine(), "long", { flags, command: ["sh", "-c", script] });
  });
  afterEach(() => removeAll(sharedEngine()));

  test.each([2_500, 50_000])(
    "is read up to its first line and down again while %d lines are kept",
    async (lines) => {
      const feed = await openFeed("long", { lines, bytes: 1e9 });
      await until(feed, () => lastOf(feed) === `${total}`);
      const check = () => expectRow(textsOf(feed));
      await readUp(feed, check);
      expect(textsOf(feed)).toEqual(numbers(1, Math.min(lines, total)));
      await write("long", "seq 30001 30020");
      await readDown(feed, check);
      await until(feed, () => lastOf(feed) === "30020");
      await write("long", "seq 30021 30040");
      await until(feed, () => lastOf(feed) === "30040");
      check();
      expect(textsOf(feed)).toEqual((await dockerLogs("long")).slice(-lines));
    },
  );

  test("is read from its first line down to its end, to which new lines are joined", async () => {
    const feed = await openFeed("long");
    await until(feed, () => lastOf(feed) === `${total}`);
    await feed.places.seek("start");
    expect([textsOf(feed)[0], feed.get().older]).toEqual(["1", "none"]);
    await readDown(feed, () => expectRow(textsOf(feed)));
    await write("long", "seq 30001 30040");
    await until(feed, () => lastOf(feed) === "30040");
    expect(textsOf(feed)).toEqual(await dockerLogs("long"));
  });

  test.each([
    ["near its end", 29_990],
    ["in its midst", 15_000],
    ["near its beginning", 10],
  ])("is gone to at a moment %s, and read on in both directions", async (_, number) => {
    const feed = await openFeed("long");
    await until(feed, () => lastOf(feed) === `${total}`);
    await readUp(feed);
    const all = keptLines(feed);
    const at = Date.parse(all[number - 1]?.stamp ?? "");
    const first = all.findIndex(({ stamp }) => Date.parse(stamp) >= at) + 1;
    await feed.places.seek({ at });
    expect(textsOf(feed)[0]).toBe(`${first}`);
    await readUp(feed, () => expectRow(textsOf(feed)));
    await readDown(feed, () => expectRow(textsOf(feed)));
    expect(textsOf(feed)).toEqual(numbers(1, total));
  });

  test("narrowed to a moment holds what is since then, and is followed", async () => {
    const feed = await openFeed("long");
    await until(feed, () => lastOf(feed) === `${total}`);
    await pageUp(feed);
    const { stamp } = keptLines(feed).at(-300) ?? { stamp: "" };
    const moment = new Date(Date.parse(stamp)).toISOString();
    feed.places.narrow(Date.parse(stamp));
    await until(feed, ({ status }) => status === "following" && lastOf(feed) === `${total}`);
    await write("long", "seq 30001 30040");
    await until(feed, () => lastOf(feed) === "30040");
    expect(textsOf(feed)).toEqual(await dockerLogs("long", "--since", moment));
  });
});
