import { afterEach, expect, test } from "vitest";
import { removeAll, runContainer, until } from "../desk.ts";
import { describeEngine, sharedEngine } from "../engine-test.ts";
import {
  brief,
  closeFeeds,
  dockerLogs,
  linesOf,
  numbers,
  openFeed,
  readDown,
  readUp,
  textsOf,
} from "./reading.ts";

afterEach(closeFeeds);

/** Lines of all kinds; the last one has no newline. */
const oddLines = [
  // The pause keeps what is written to stderr out of the midst of what is written to stdout.
  "echo one; echo; echo; echo three >&2; sleep 0.2; echo four",
  "printf 'ünï 漢字 \\033[31mred\\033[0m\\ttab\\n'",
  "head -c 40000 /dev/zero | tr '\\0' x; echo; echo after",
  // The engine cuts at 16,384 bytes: within a letter of two bytes, and within one of three.
  "head -c 16383 /dev/zero | tr '\\0' y; printf 'üüü\\n'",
  "head -c 16382 /dev/zero | tr '\\0' z; printf '漢漢\\n'",
  "echo; printf 'no newline'",
].join("; ");

/** 300 lines of six pieces each, since the engine cuts after 16 KiB. */
const longLines = [
  "x=$(head -c 90000 /dev/zero | tr '\\0' x)",
  'for i in $(seq 300); do echo "$i $x"; done',
].join("; ");

const kinds: readonly (readonly [string, readonly string[]])[] = [
  ["without a TTY", []],
  ["with a TTY", ["-t"]],
  ["of the local driver", ["--log-driver", "local"]],
];

describeEngine("a log", () => {
  afterEach(() => removeAll(sharedEngine()));

  test.each(kinds)("%s is read as docker logs does", async (_, flags) => {
    await runContainer(sharedEngine(), "odd", { flags, command: ["sh", "-c", oddLines] });
    const lines = await linesOf("odd");
    expect(brief(lines.map(({ text }) => text))).toEqual(brief(await dockerLogs("odd")));
    expect(lines.at(-1)?.text).toBe("no newline");
    const { stream } = lines.find(({ text }) => text === "three") ?? {};
    expect(stream).toBe(flags.includes("-t") ? "out" : "err");
    const feed = await openFeed("odd");
    await until(feed, ({ status }) => status === "ended");
    expect(brief(textsOf(feed))).toEqual(brief(await dockerLogs("odd")));
    await feed.places.seek("start");
    await readDown(feed);
    expect(brief(textsOf(feed))).toEqual(brief(await dockerLogs("odd")));
  });

  test("has letters whole that the engine cut, where its driver keeps their bytes", async () => {
    const flags = ["--log-driver", "local"];
    await runContainer(sharedEngine(), "cut", { flags, command: ["sh", "-c", oddLines] });
    const texts = brief((await linesOf("cut")).map(({ text }) => text));
    // Without the newline of a line that was cut, which that driver of Docker 20.10 loses.
    expect(texts.join("\n")).toContain("y×16383 üüü");
    expect(texts.join("\n")).toContain("z×16382 漢漢");
  });

  // The local driver of Docker 20.10 loses their newlines.
  test.each(kinds.slice(0, 2))(
    "%s of lines in many pieces is read up to the first and down again",
    async (_, flags) => {
      await runContainer(sharedEngine(), "long", { flags, command: ["sh", "-c", longLines] });
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
    // Their stamps are in disorder now and then: each output is stamped by itself.
    const script = "for i in $(seq 20000); do echo o$i; echo e$i >&2; done";
    await runContainer(sharedEngine(), "mixed", { command: ["sh", "-c", script] });
    await sharedEngine().docker("wait", "mixed");
    const all = await dockerLogs("mixed");
    expect(all).toHaveLength(40_000);
    const feed = await openFeed("mixed");
    await until(feed, ({ status }) => status === "ended");
    await readUp(feed);
    expect(textsOf(feed)).toEqual(all);
    await feed.places.seek("start");
    await readDown(feed);
    expect(textsOf(feed)).toEqual(all);
  });

  test("has as many last lines as asked for, and stamps to begin or end at", async () => {
    await runContainer(sharedEngine(), "ten", {
      command: ["sh", "-c", "for i in $(seq 10); do echo $i; done"],
    });
    const all = await linesOf("ten");
    expect(all.map(({ text }) => text)).toEqual(numbers(1, 10));
    expect((await linesOf("ten", { tail: 3 })).map(({ text }) => text)).toEqual(["8", "9", "10"]);
    const stamp = all[3]?.stamp ?? "";
    expect((await linesOf("ten", { since: stamp })).map(({ text }) => text)).toEqual(numbers(4, 10));
    expect((await linesOf("ten", { until: stamp })).map(({ text }) => text)).toEqual(numbers(1, 4));
  });
});
