import { afterEach, expect, test } from "vitest";
import { removeAll, runContainer, until } from "../desk.ts";
import { describeEngine, sharedEngine } from "../engine-test.ts";
import { closeFeeds, dockerLogs, expectRow, lastOf, openFeed, readDown, textsOf } from "./reading.ts";

afterEach(closeFeeds);

describeEngine("a log", () => {
  afterEach(() => removeAll(sharedEngine()));

  test("goes on over restarts without doubles or gaps", async () => {
    const script =
      'n=$(($(cat /n 2>/dev/null) + 1)); echo $n >/n; for i in 1 2 3; do echo "$n.$i"; done; exec sleep 100000';
    await runContainer(sharedEngine(), "again", { command: ["sh", "-c", script] });
    const feed = await openFeed("again");
    for (const run of [1, 2, 3, 4, 5, 6]) {
      await until(feed, () => textsOf(feed).length >= run * 3);
      expect(textsOf(feed).slice(-3)).toEqual([`${run}.1`, `${run}.2`, `${run}.3`]);
      expect(textsOf(feed)).toHaveLength(run * 3);
      if (run < 6) await sharedEngine().docker("restart", "-t", "0", "again");
    }
    expect(textsOf(feed)).toEqual(await dockerLogs("again"));
  });

  test("says that it is over when its container stops, and goes on when that starts", async () => {
    await runContainer(sharedEngine(), "stopped", { command: ["sh", "-c", "echo hello; exec sleep 100000"] });
    const feed = await openFeed("stopped");
    await until(feed, () => textsOf(feed).length === 1);
    await sharedEngine().docker("stop", "-t", "0", "stopped");
    expect(await until(feed, ({ status }) => status === "ended")).toMatchObject({
      reason: "the container does not run",
    });
    await sharedEngine().docker("start", "stopped");
    await until(feed, ({ status }) => status === "following" && textsOf(feed).length === 2);
  });

  test("goes on with a container that is created again under its name, and says so", async () => {
    await runContainer(sharedEngine(), "heir", { command: ["sh", "-c", "echo first; exec sleep 100000"] });
    const feed = await openFeed("heir");
    await until(feed, () => lastOf(feed) === "first");
    await sharedEngine().docker("rm", "-f", "heir");
    await until(feed, ({ status }) => status !== "following");
    // With a TTY this time: its log is of another form.
    const script = "seq 700; exec sleep 100000";
    await runContainer(sharedEngine(), "heir", { flags: ["-t"], command: ["sh", "-c", script] });
    await until(feed, () => lastOf(feed) === "700");
    expect(textsOf(feed).slice(0, 2)).toEqual(["first", "dockui: heir was created again"]);
    expectRow(textsOf(feed).slice(2));
    await feed.places.seek("start");
    await readDown(feed);
    expect(textsOf(feed)).toEqual(await dockerLogs("heir"));
  });
});
