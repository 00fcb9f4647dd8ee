import { monitorEventLoopDelay } from "node:perf_hooks";
import { afterEach, expect, test } from "vitest";
import { removeAll, runContainer, until } from "../desk.ts";
import { describeEngine, sharedEngine } from "../engine-test.ts";
import {
  closeFeeds,
  dockerLogs,
  expectRow,
  lastOf,
  numbers,
  openFeed,
  readDown,
  readUp,
  textsOf,
} from "./reading.ts";

afterEach(closeFeeds);

describeEngine("a log that is written as fast as it can be", () => {
  afterEach(() => removeAll(sharedEngine()));

  test("of 100,000 lines at once stays bounded and leaves the keys alone", async () => {
    const script = "until [ -e /go ]; do sleep 0.05; done; exec seq 100000";
    await runContainer(sharedEngine(), "flood", { command: ["sh", "-c", script] });
    const feed = await openFeed("flood");
    await until(feed, ({ status }) => status === "following");
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    await sharedEngine().docker("exec", "flood", "touch", "/go");
    await until(feed, () => lastOf(feed) === "100000", 30_000);
    delay.disable();
    const shown = textsOf(feed);
    expect(shown).toEqual(numbers(100_001 - shown.length, 100_000));
    expect(shown.length).toBeLessThanOrEqual(50_000);
    expect(shown.length + feed.buffer.dropped()).toBe(100_000);
    expect(delay.max / 1e6).toBeLessThan(250);
  });

  test("has older lines again where they went because of the limits", async () => {
    const script = "seq 10; until [ -e /go ]; do sleep 0.05; done; seq 11 8000; exec sleep 100000";
    await runContainer(sharedEngine(), "grows", { command: ["sh", "-c", script] });
    const feed = await openFeed("grows", { lines: 2_000, bytes: 1e9 });
    await until(feed, () => lastOf(feed) === "10");
    await readUp(feed);
    await sharedEngine().docker("exec", "grows", "touch", "/go");
    await until(feed, () => lastOf(feed) === "8000");
    await readUp(feed, () => expectRow(textsOf(feed)));
    expect(textsOf(feed)[0]).toBe("1");
  });

  test("is read from its first line down to its end meanwhile", async () => {
    // Slower than it is read, so that its end can be reached.
    const script =
      "n=1; until [ -e /end ]; do seq $n $((n + 99)); n=$((n + 100)); sleep 0.02; done; exec sleep 100000";
    await runContainer(sharedEngine(), "written", { command: ["sh", "-c", script] });
    const feed = await openFeed("written");
    await until(feed, () => Number(lastOf(feed)) > 3_000);
    await feed.places.seek("start");
    await readDown(feed, () => expectRow(textsOf(feed)));
    await sharedEngine().docker("exec", "written", "touch", "/end");
    const all = await dockerLogs("written");
    await until(feed, () => lastOf(feed) === all.at(-1));
    expect(textsOf(feed)).toEqual(all);
  });
});
