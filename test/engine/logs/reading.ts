import { execFile } from "node:child_process";
import { appendFile } from "node:fs/promises";
import { promisify } from "node:util";
import { expect } from "vitest";
import { unix } from "../../../src/docker/endpoint.ts";
import {
  type FeedState,
  type LogFeed,
  type LogLimits,
  type LogPlaces,
  usualLimits,
} from "../../../src/docker/log-buffer.ts";
import type { LogLine, LogRange } from "../../../src/docker/logs.ts";
import { createLogFeed } from "../../../src/hooks/log/feed.ts";
import { createMergedFeed } from "../../../src/hooks/log/merged-feed.ts";
import { closeDesks, openDesk, until } from "../desk.ts";
import { sharedEngine } from "../engine-test.ts";

/** A feed of which all can be asked. */
export type WholeFeed = LogFeed & { places: LogPlaces };

const readers = new Set<() => Promise<void>>();

/** Ends what was opened here. For afterEach. */
export async function closeFeeds(): Promise<void> {
  await Promise.all([...readers].map((stop) => stop()));
  readers.clear();
  await closeDesks();
}

/** What `docker logs` prints, both outputs in the order in which it wrote them. */
export async function dockerLogs(name: string, ...flags: string[]): Promise<string[]> {
  const script = 'docker -H "$0" logs "$@" 2>&1';
  const args = ["-c", script, sharedEngine().host, ...flags, name];
  const { stdout } = await promisify(execFile)("sh", args, { maxBuffer: 512 << 20 });
  return stdout.replace(/\r?\n$/, "").split(/\r?\n/);
}

/** The lines of a log of an ended container, without a feed. */
export async function linesOf(name: string, range: Partial<LogRange> = {}): Promise<LogLine[]> {
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
export async function openFeed(name: string, limits: LogLimits = usualLimits): Promise<WholeFeed> {
  const desk = openDesk(unix(sharedEngine().socketPath));
  return reading(createLogFeed(desk.session, await desk.container(name), limits));
}

/** A feed of the logs of several containers as one, reading. */
export async function openMerged(
  names: readonly string[],
  limits: LogLimits = usualLimits,
): Promise<WholeFeed> {
  const desk = openDesk(unix(sharedEngine().socketPath));
  const containers = await Promise.all(names.map((name) => desk.container(name)));
  return reading(createMergedFeed(desk.session, containers, limits));
}

function reading(feed: WholeFeed): WholeFeed {
  const leaving = new AbortController();
  const read = feed.run(leaving.signal);
  readers.add(async () => {
    leaving.abort();
    await read;
  });
  return feed;
}

/** The lines that a feed keeps. */
export function keptLines({ buffer }: LogFeed): LogLine[] {
  return Array.from({ length: buffer.end() - buffer.first() }, (_, at) =>
    buffer.get(buffer.first() + at),
  ).flatMap((line) => line ?? []);
}

/** Their texts. */
export function textsOf(feed: LogFeed): string[] {
  return keptLines(feed).map(({ text }) => text);
}

/** The text of the last line kept. */
export function lastOf({ buffer }: LogFeed): string | undefined {
  return buffer.get(buffer.end() - 1)?.text;
}

/** Fetches a page of older lines. */
export async function pageUp(feed: LogFeed): Promise<FeedState> {
  feed.loadOlder();
  return until(feed, ({ older }) => older !== "loading");
}

/** Fetches a page of newer lines. */
export async function pageDown(feed: LogFeed): Promise<FeedState> {
  feed.loadNewer();
  return until(feed, ({ newer }) => newer !== "loading");
}

/** Pages up until there is nothing older; `check` is called after each page. */
export async function readUp(feed: LogFeed, check = () => {}): Promise<void> {
  for (let pages = 0; feed.get().older !== "none"; pages += 1) {
    expect(pages).toBeLessThan(400);
    await pageUp(feed);
    check();
  }
}

/** Pages down until the end is reached; `check` is called after each page. */
export async function readDown(feed: LogFeed, check = () => {}): Promise<void> {
  for (let pages = 0; feed.get().newer !== "live"; pages += 1) {
    expect(pages).toBeLessThan(2_000);
    await pageDown(feed);
    check();
  }
}

/** Fails unless the numbers that the lines are follow upon each other; a wrong place is told, not thousands of lines. */
export function expectRow(texts: readonly string[]): void {
  const wrong = texts.findIndex((text, at) => at > 0 && Number(text) !== Number(texts[at - 1]) + 1);
  const around = wrong < 0 ? [] : texts.slice(Math.max(0, wrong - 2), wrong + 2);
  expect(around).toEqual([]);
}

/** Writes lines into the log of a container as its json-file driver would have: text and moment (unix ms) of each. */
export async function writeLog(name: string, lines: Iterable<[text: string, at: number]>): Promise<void> {
  const path = (await sharedEngine().docker("inspect", "-f", "{{.LogPath}}", name)).trim();
  const entries = Array.from(lines, ([text, at]) =>
    JSON.stringify({ log: `${text}\n`, stream: "stdout", time: new Date(at).toISOString() }),
  );
  await appendFile(path, `${entries.join("\n")}\n`);
}

/** Has the first process of a container write what a shell command prints. */
export async function write(name: string, command: string): Promise<void> {
  await sharedEngine().docker("exec", name, "sh", "-c", `(${command}) >/proc/1/fd/1`);
}

/** Long runs of a letter as their length, so that a failure can be read. */
export function brief(texts: readonly string[]): string[] {
  return texts.map((text) => text.replace(/(.)\1{30,}/gu, (run, letter) => `${letter}×${[...run].length} `));
}

/** "from" … "to". */
export function numbers(from: number, to: number): string[] {
  return Array.from({ length: to - from + 1 }, (_, at) => `${from + at}`);
}
