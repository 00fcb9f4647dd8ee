import { request } from "node:http";
import type { Socket } from "node:net";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { firstRules } from "../../src/actions/clean-up/rules.ts";
import { type DemoEngine, startDemoEngine } from "../../src/demo/index.ts";
import { type Clock, systemClock } from "../../src/docker/clock.ts";
import { createEngine, type Engine } from "../../src/docker/engine.ts";
import { explain, inFull } from "../../src/docker/errors.ts";
import { emptySpec } from "../../src/docker/run/empty-spec.ts";
import { clean } from "../../src/headless/clean.ts";
import { type ListRequest, listAsText } from "../../src/headless/list.ts";
import { http, openRawEngine, pong, type RawEngine } from "./raw-engine.ts";

/** Short waits are over at once; limits of time stay. */
const clock: Clock = { ...systemClock, after: (ms, run) => systemClock.after(ms < 4_000 ? 0 : ms, run) };

let demo: DemoEngine;
let raw: RawEngine;
let truth: Engine;
let id = "";
let spoil: Spoil = (answer) => answer.bytes;

type Told = { status: number; bytes: Buffer };
/** What is sent in place of an answer. */
type Spoil = (answer: Told, line: string) => Buffer | string;

beforeAll(async () => {
  demo = await startDemoEngine({ quiet: true });
  raw = await openRawEngine();
  raw.answer = (line) => (socket) => void pass(line, socket);
  truth = createEngine(
    { kind: "unix", path: demo.socketPath, label: "demo" },
    { readOnly: true, now: Date.now },
  );
  await truth.connect(signal);
  id = (await truth.containers()).find(({ state }) => state === "running")?.id ?? "";
});

afterAll(async () => {
  truth.close();
  await raw.close();
  await demo.close();
});

const signal = new AbortController().signal;

/** Asks the demo engine, and sends on what it says, spoiled. Only what can be asked again and again is asked. */
async function pass(line: string, socket: Socket): Promise<void> {
  if (line === "GET /_ping") return void socket.end(pong);
  const [method = "", path = ""] = line.split(" ");
  const endless = /\/(events|logs|stats|wait)\b/.test(path);
  const answer = method === "GET" && !endless ? await told(path) : { status: 200, bytes: Buffer.from("{}") };
  socket.end(spoil(answer, line));
}

function told(path: string): Promise<Told> {
  return new Promise((resolve, reject) => {
    const asked = request({ socketPath: demo.socketPath, path: `/v1.41${path}`, agent: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk) => chunks.push(chunk));
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, bytes: Buffer.concat(chunks) }));
    });
    asked.on("error", reject);
    asked.end();
  });
}

/** Everything an engine can be asked, each once. */
function verbs(engine: Engine): readonly (() => Promise<unknown>)[] {
  const size = { columns: 80, rows: 24 };
  const copy = { signal, existing: "keep" as const };
  const process = { pid: 1, user: "root", command: "x" };
  return [
    () => engine.about(),
    async () => drained(await engine.events(signal)),
    () => engine.containers(),
    () => engine.containers({ ids: [id], sizes: true }),
    () => engine.images(),
    () => engine.allImages(),
    () => engine.networks(),
    () => engine.volumes(),
    () => engine.detail(id),
    () => engine.inspect(id),
    () => engine.facts(id),
    () => engine.limits(id),
    () => engine.usage(id),
    () => drained(engine.log({ id, tty: false }, { tail: 5, follow: false }, signal)),
    () => drained(engine.log({ id, tty: true }, { follow: true }, signal)),
    () => drained(engine.samples(id, signal)),
    () => engine.processes(id),
    () => engine.killProcess(id, process, "TERM", signal),
    () => engine.changedFiles(id),
    () => engine.wait(id, signal),
    async () => drained((await engine.execute(id, { command: ["a"] }, signal)).output),
    () => engine.findShell(id),
    () => engine.openShell(id, { command: ["sh"], term: "xterm", size }),
    () => engine.attach(id, { detachKeys: "ctrl-p,ctrl-q", size, input: "always" }),
    () => engine.df(signal),
    () => engine.layers("sha256:1"),
    () => engine.namesOfImage("sha256:1"),
    () => engine.volumeCreated("v"),
    () => engine.removeImage("sha256:1"),
    () => engine.removeVolume("v"),
    () => engine.removeNetwork("n"),
    () => engine.removeCacheRecord("c"),
    () => engine.start(id),
    () => engine.stop(id, 1),
    () => engine.remove(id),
    () => engine.rename(id, "other"),
    () => engine.update(id, { memory: 1 << 30 }),
    () => engine.commit(id, { reference: "a:b", pause: false }),
    () => engine.connectNetwork("n", id),
    () => engine.disconnectNetwork("n", id),
    () => engine.tagImage("sha256:1", "a:b"),
    async () => engine.recreate(await truth.inspect(id)),
    () => engine.create({ ...emptySpec, image: "alpine" }),
    () => engine.image("alpine"),
    () => engine.info(),
    () => drained(engine.pull("alpine", signal)),
    () => engine.fileInfo(id, "/etc", signal),
    () => drained(engine.readFolder(id, "/", { signal })),
    () => engine.readFile(id, "/etc/passwd", 100, signal),
    () => engine.copyOut(id, "/etc", "/nowhere/to/go", copy as never),
    () => engine.exportTo({ id, name: "x" }, "/nowhere/to/go", copy as never),
  ];
}

const lists: readonly ListRequest["list"][] = ["ps", "images", "networks", "volumes", "df"];

/** The commands that print, which read all that the screens do. */
function commands(): readonly (() => Promise<unknown>)[] {
  const output = { out() {}, complain() {}, progress() {} };
  const rules = { rules: firstRules, json: false };
  return [
    ...lists.flatMap((list) =>
      [true, false].map((json) => () => listAsText(raw.endpoint, { list, query: "a label:b", json })),
    ),
    ...[false, true].map(
      (yes) => () => clean(raw.endpoint, { ...rules, yes }, { output, signal, clock, patienceMs: 0 }),
    ),
  ];
}

async function drained(values: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of values) {
    // Only whether they end is of interest.
  }
}

/** What goes wrong must be a sentence that a terminal may show. */
async function expectSentence(run: () => Promise<unknown>): Promise<void> {
  try {
    await run();
  } catch (error) {
    const said = inFull(explain(error, raw.endpoint));
    expect(said).toMatch(/\S/);
    expect(said).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
    expect(said).not.toMatch(/is not a function|Cannot read prop|is not iterable|Cannot convert|call stack/);
  }
}

/** All at once, each at an engine of its own that spoils its answers so. */
async function askAll(how: Spoil): Promise<void> {
  spoil = how;
  const engine = createEngine(raw.endpoint, { readOnly: false, now: Date.now, clock });
  await engine.connect(signal);
  await Promise.all([...verbs(engine), ...commands()].map(expectSentence));
  engine.close();
}

const odd = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    "",
    0,
    -1,
    1e308,
    true,
    [],
    {},
    [[]],
    "\u001b[2J\n",
    "x".repeat(300_000),
    "__proto__",
  ),
  fc.jsonValue({ maxDepth: 2 }),
);

/** Puts something else into the place of a value, or takes it away; the places are chosen by those numbers. */
function replaced(value: unknown, places: readonly number[], other: unknown): unknown {
  const [place = 0, ...rest] = places;
  if (rest.length === 0 || typeof value !== "object" || value === null) return other;
  const keys = Object.keys(value);
  const key = keys[place % Math.max(1, keys.length)];
  if (key === undefined) return other;
  const inner = (value as Record<string, unknown>)[key];
  const next = place % 5 === 4 ? undefined : replaced(inner, rest, other);
  if (Array.isArray(value)) return value.map((one, at) => (`${at}` === key ? next : one));
  return { ...value, [key]: next };
}

const places = fc.array(fc.nat(1000), { minLength: 1, maxLength: 6 });

test("whatever is missing or of another type in its answers, nothing but a sentence comes of it", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(places, odd), { minLength: 1, maxLength: 8 }), (changes) =>
      askAll(({ status, bytes }) => {
        if (bytes.length === 0 || bytes[0] === 0) return http(status, bytes);
        let value: unknown;
        try {
          value = JSON.parse(bytes.toString());
        } catch {
          return http(status, bytes);
        }
        for (const [where, other] of changes) value = replaced(value, where, other);
        return http(status, JSON.stringify(value) ?? "");
      }),
    ),
    { numRuns: 8 },
  );
}, 120_000);

const spoils = fc.oneof(
  fc.nat(2000).map(
    (length): Spoil =>
      ({ status, bytes }) =>
        http(status, bytes).subarray(0, length),
  ),
  fc.uint8Array({ maxLength: 300 }).map(
    (bytes): Spoil =>
      () =>
        http(200, Buffer.from(bytes)),
  ),
  fc.uint8Array({ maxLength: 300 }).map(
    (bytes): Spoil =>
      () =>
        Buffer.from(bytes),
  ),
  fc.tuple(fc.integer({ min: 100, max: 599 }), fc.string()).map(
    ([status, body]): Spoil =>
      () =>
        http(status, body),
  ),
  fc.webUrl().map(
    (url): Spoil =>
      () =>
        http(301, "", `Location: ${encodeURI(url)}\r\n`),
  ),
  fc.constantFrom<Spoil>(
    () => "",
    () => http(200),
    () => http(200, "null"),
    () => http(200, '"text"'),
    () => http(200, "[".repeat(100_000)),
    () => http(200, `[${"{},".repeat(100_000)}{}]`),
    () =>
      "HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n\u0001\u0000\u0000\u0000\u00ff\u00ff\u00ff\u00ffx",
    () => `HTTP/1.1 200 OK\r\nX: ${"x".repeat(100_000)}\r\n\r\n`,
    () => "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n[",
  ),
);

test("cut, redirected, empty or garbage, nothing but a sentence comes of its answers", async () => {
  await fc.assert(fc.asyncProperty(spoils, askAll), { numRuns: 40 });
}, 120_000);
