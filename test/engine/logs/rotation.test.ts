import { afterEach, expect, test } from "vitest";
import { removeAll, runContainer, until } from "../desk.ts";
import { describeEngine, sharedEngine } from "../engine-test.ts";
import {
  closeFeeds,
  dockerLogs,
  expectRow,
  lastOf,
  openFeed,
  pageDown,
  pageUp,
  readDown,
  readUp,
  textsOf,
  write,
} from "./reading.ts";

afterEach(closeFeeds);

const gone = "dockui: lines that came here are gone: the engine keeps them no longer";

/** Where numbers are missing without a word. */
function silentGaps(texts: readonly string[]): string[] {
  return texts.flatMap((text, at) => {
    const before = texts[at - 1] ?? "dockui";
    const isTold = before.startsWith("dockui") || text.startsWith("dockui");
    return isTold || Number(text) === Number(before) + 1 ? [] : [`${before} … ${text}`];
  });
}

describeEngine("a log whose files are rotated", () => {
  afterEach(() => removeAll(sharedEngine()));

  const writing = (script: string, size: string) =>
    runContainer(sharedEngine(), "rotated", {
      flags: ["--log-opt", `max-size=${size}`, "--log-opt", "max-file=2"],
      command: ["sh", "-c", `${script}; exec sleep 100000`],
    });

  test("while it is read comes whole", async () => {
    await writing(
      "n=1; while [ $n -lt 12000 ]; do seq $n $((n + 49)); n=$((n + 50)); sleep 0.02; done",
      "20k",
    );
    const feed = await openFeed("rotated");
    await until(feed, () => lastOf(feed) === "12000");
    const texts = textsOf(feed);
    const left = await dockerLogs("rotated");
    expect(left.length).toBeLessThan(1_000);
    expectRow(texts);
    expect(texts.slice(-left.length)).toEqual(left);
    await pageUp(feed);
    expect(feed.get().older).toBe("none");
    await feed.places.seek("start");
    expect(textsOf(feed)).toEqual(left);
    await readDown(feed);
    expect(textsOf(feed)).toEqual(left);
    await feed.places.seek("end");
    await until(feed, () => lastOf(feed) === "12000");
    await readUp(feed);
    expect(textsOf(feed)).toEqual(left);
  });

  test.each([0, 1, 2, 3])(
    "away below what is kept says so where it is read on, %d pages down, and comes right at its end",
    async (pages) => {
      await writing("seq 4000", "150k");
      const feed = await openFeed("rotated", { lines: 1_200, bytes: 1e9 });
      await until(feed, () => lastOf(feed) === "4000");
      for (let page = 0; page < 3; page += 1) await pageUp(feed);
      for (let page = 0; page < pages; page += 1) await pageDown(feed);
      const isHeld = feed.get().newer !== "live";
      // Faster than the engine's own follower keeps up with.
      await write("rotated", "seq 4001 14000");
      const said: string[] = [];
      for (let page = 0; feed.get().newer !== "live"; page += 1) {
        expect(page).toBeLessThan(40);
        await pageDown(feed);
        if (feed.get().newer === "live") break;
        expect(silentGaps(textsOf(feed))).toEqual([]);
        said.push(...textsOf(feed).filter((text) => text === gone));
      }
      if (isHeld && pages === 0) expect(said).not.toEqual([]);
      await until(feed, () => lastOf(feed) === "14000" && silentGaps(textsOf(feed)).length === 0);
      const left = await dockerLogs("rotated");
      // A word of dockui's own may be one of them.
      const kept = Math.min(left.length, 1_200) - 1;
      expect(textsOf(feed).slice(-kept)).toEqual(left.slice(-kept));
    },
  );

  test("while it is read up and down has no gap without a word", async () => {
    await writing("n=1; until [ -e /end ]; do seq $n $((n + 49)); n=$((n + 50)); sleep 0.01; done", "150k");
    const feed = await openFeed("rotated", { lines: 1_200, bytes: 1e9 });
    await until(feed, () => Number(lastOf(feed)) > 6_000);
    for (let round = 0; round < 4; round += 1) {
      await pageUp(feed);
      await pageUp(feed);
      const held = Number(lastOf(feed));
      await until(feed, () => feed.rate() > 0);
      for (let page = 0; page < 2 + 3 * round && feed.get().newer !== "live"; page += 1) {
        await pageDown(feed);
        expect(silentGaps(textsOf(feed))).toEqual([]);
      }
      expect(Number(lastOf(feed))).toBeGreaterThan(held);
    }
  });
});
