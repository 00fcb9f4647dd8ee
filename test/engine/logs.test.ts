import { execFile } from "node:child_process";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { promisify } from "node:util";
import { afterEach, expect, test } from "vitest";
import { unix } from "../../src/docker/endpoint.ts";
import type { LogFeed } from "../../src/docker/log-buffer.ts";
import type { LogLine, LogRange } from "../../src/docker/logs.ts";
import { createLogFeed } from "../../src/hooks/log/feed.ts";
import { closeDesks, openDesk, removeAll, runContainer, until } from "./desk.ts";
import { describeEngine, sharedEngine } from "./engine-test.ts";

const readers = new Set<() => Promise<void>>();

afterEach(async () => {
  await Promise.all([...readers].map((stop) => stop()));
  readers.clear();
  await closeDesks();
});

/** What `docker logs` prints, both outputs in the order in which it wrote them. */
async function dockerLogs(name: string, ...flags: string[]): Promise<string[]> {
  const script = 'docker -H "$0" logs "$@" 2>&1';
  const args = ["-c", script, sharedEngine().host, ...flags, name];
  const { stdout } = await promisify(execFile)("sh", args, { maxBuffer: 64 << 20 });
  return stdout.replace(/\r?\n$/, "").split(/\r?\n/);
}

async function linesOf(name: string, range: Partial<LogRange> = {}): Promise<LogLine[]> {
  const desk = openDesk(unix(sharedEngine().socketPath));
  const { id } = await desk.container(name, ({ state }) => state === "exited");
  const { tty } = await desk.engine.detail(id);
  const lines: LogLine[] = [];
  const stream = desk.engine.log({ id, tty }, { follow: false, ...range }, new AbortController().signal);
  for await (const batch of stream) lines.push(...batch);
  await desk.close();
  return lines;
}

/** A feed of that container's log, reading. */
async function openFeed(name: string): Promise<LogFeed> {
  const desk = openDesk(unix(sharedEngine().socketPath));
  const feed = createLogFeed(desk.session, await desk.container(name));
  const leaving = new AbortController();
  const reading = feed.run(leaving.signal);
  readers.add(async () => {
    leaving.abort();
    await reading;
  });
  return feed;
}

function textsOf({ buffer }: LogFeed): string[] {
  const count = buffer.end() - buffer.first();
  return Array.from({ length: count }, (_, at) => buffer.get(buffer.first() + at)?.text ?? "");
}

/** Long runs of a letter as their length, so that a failure can be read. */
function brief(texts: readonly string[]): string[] {
  return texts.map((text) => text.replace(/(.)\1{30,}/gu, (run, letter) => `${letter}×${[...run].length} `));
}

function numbers(from: number, to: number): string[] {
  return Array.from({ length: to - from + 1 }, (_, at) => `${from + at}`);
}

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

describeEngine("a log", () => {
  afterEach(() => removeAll(sharedEngine()));

  test.each([
    ["without a TTY", []],
    ["with a TTY", ["-t"]],
    ["of the local driver", ["--log-driver", "local"]],
  ])("%s is read as docker logs does", async (_, flags) => {
    await runContainer(sharedEngine(), "odd", { flags, command: ["sh", "-c", oddLines] });
    const lines = await linesOf("odd");
    expect(brief(lines.map(({ text }) => text))).toEqual(brief(await dockerLogs("odd")));
    expect(lines.at(-1)?.text).toBe("no newline");
    const { stream } = lines.find(({ text }) => text === "three") ?? {};
    expect(stream).toBe(flags.includes("-t") ? "out" : "err");
  });

  test("has letters whole that the engine cut, where its driver keeps their bytes", async () => {
    const flags = ["--log-driver", "local"];
    await runContainer(sharedEngine(), "cut", { flags, command: ["sh", "-c", oddLines] });
    const texts = brief((await linesOf("cut")).map(({ text }) => text));
    // Without the newline of a line that was cut, which that driver of Docker 20.10 loses.
    expect(texts.join("\n")).toContain("y×16383 üüü");
    expect(texts.join("\n")).toContain("z×16382 漢漢");
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

  test("is paged back through without gaps or doubles", async () => {
    const command = ["sh", "-c", "seq 5000; exec sleep 100000"];
    await runContainer(sharedEngine(), "long", { command });
    const feed = await openFeed("long");
    await until(feed, () => feed.buffer.get(feed.buffer.end() - 1)?.text === "5000");
    expect(textsOf(feed).length).toBeGreaterThanOrEqual(500);
    for (let pages = 0; feed.get().older !== "none"; pages += 1) {
      expect(pages).toBeLessThan(20);
      feed.loadOlder();
      await until(feed, ({ older }) => older !== "loading");
      const shown = textsOf(feed);
      expect(shown).toEqual(numbers(5001 - shown.length, 5000));
    }
    expect(textsOf(feed)).toHaveLength(5000);
  });

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

  test("of 100,000 lines at once stays bounded and leaves the keys alone", async () => {
    const script = "until [ -e /go ]; do sleep 0.05; done; exec seq 100000";
    await runContainer(sharedEngine(), "flood", { command: ["sh", "-c", script] });
    const feed = await openFeed("flood");
    await until(feed, ({ status }) => status === "following");
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    await sharedEngine().docker("exec", "flood", "touch", "/go");
    await until(feed, () => feed.buffer.get(feed.buffer.end() - 1)?.text === "100000", 30_000);
    delay.disable();
    const shown = textsOf(feed);
    expect(shown).toEqual(numbers(100_001 - shown.length, 100_000));
    expect(shown.length).toBeLessThanOrEqual(50_000);
    expect(shown.length + feed.buffer.dropped()).toBe(100_000);
    expect(delay.max / 1e6).toBeLessThan(250);
  });

  test("that its driver does not keep is not to be had, and that is said", async () => {
    await runContainer(sharedEngine(), "silent", { flags: ["--log-driver", "none"] });
    const feed = await openFeed("silent");
    const { reason } = await until(feed, ({ status }) => status === "failed");
    expect(reason).toBe("the log driver is none: configured logging driver does not support reading");
  });
});
