import { afterEach, expect, test } from "vitest";
import { removeAll, runContainer, until } from "../desk.ts";
import { describeEngine, sharedEngine } from "../engine-test.ts";
import { closeFeeds, lastOf, openFeed } from "./reading.ts";

afterEach(closeFeeds);

/** Drivers that send lines away without waiting for whom they send them to. */
const senders: readonly (readonly [driver: string, options: readonly string[], place: string])[] = [
  ["syslog", ["syslog-address=udp://127.0.0.1:5514"], "the syslog server at udp://127.0.0.1:5514"],
  ["gelf", ["gelf-address=udp://127.0.0.1:12201"], "the GELF server at udp://127.0.0.1:12201"],
  ["fluentd", ["fluentd-async=true"], "Fluentd at localhost:24224 of the engine's host"],
  [
    "splunk",
    ["splunk-url=http://127.0.0.1:8088", "splunk-token=x", "splunk-verify-connection=false"],
    "Splunk at http://127.0.0.1:8088",
  ],
];

const script = "for i in 1 2 3 4 5 6; do echo hello; done; exec sleep 100000";

async function openLogOf(driver: string, options: readonly string[]) {
  const flags = ["--log-driver", driver, ...options.flatMap((option) => ["--log-opt", option])];
  await runContainer(sharedEngine(), "sent", { flags, command: ["sh", "-c", script] });
  return openFeed("sent");
}

describeEngine("a log of a driver that the engine cannot read", () => {
  afterEach(() => removeAll(sharedEngine()));

  test("says so where nothing is kept", async () => {
    const feed = await openLogOf("none", []);
    const { reason } = await until(feed, ({ status }) => status === "failed");
    expect(reason).toContain("the log driver is none, which keeps nothing.");
  });

  test.each(senders)("is read from the engine's copy: %s", async (driver, options) => {
    const feed = await openLogOf(driver, options);
    await until(feed, () => lastOf(feed) === "hello");
    expect(feed.get()).toMatchObject({ status: "following" });
  });

  test.each(senders)("says where its lines are when there is no copy: %s", async (driver, options, place) => {
    const feed = await openLogOf(driver, [...options, "cache-disabled=true"]);
    const { reason } = await until(feed, ({ status }) => status === "failed");
    expect(reason).toBe(
      `the log driver is ${driver}: its lines go to ${place}. Without its option cache-disabled=true Docker keeps a copy that can be read here`,
    );
  });
});
