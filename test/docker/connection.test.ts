import { expect, test } from "vitest";
import { type ConnectionState, createConnection } from "../../src/docker/connection.ts";
import type { Engine } from "../../src/docker/engine.ts";
import { timedOut } from "../../src/docker/errors.ts";
import type { EngineEvent, Kind } from "../../src/docker/events.ts";
import { createFakeClock, rest } from "../fake-clock.ts";

/** An engine whose events the test sends; while it is `down` nobody can connect. */
function fakeEngine({ podman = false } = {}) {
  const open = new Set<{ send(event: EngineEvent): void; end(error?: Error): void }>();
  const engine = {
    down: false,
    hangs: false,
    connects: 0,
    streams: () => open.size,
    send,
    drop,
    listed: Promise.resolve(),
  };
  function send(id: string, action = "start", kind: Kind = "container") {
    for (const stream of open) stream.send({ kind, id, action });
  }
  function drop(error?: Error) {
    for (const stream of open) stream.end(error);
  }
  const made = {
    endpoint: { kind: "unix", path: "/d.sock", label: "/d.sock" },
    async connect() {
      engine.connects += 1;
      if (engine.down) throw Object.assign(new Error("down"), { code: "ECONNREFUSED" });
      return { podman };
    },
    events: async (signal: AbortSignal) => eventsUntil(signal, open),
    detail: () => engine.listed,
    about: async () => ({ host: "web-01" }),
    async containers() {
      if (engine.hangs) throw late;
      return [];
    },
  };
  return { fake: engine, engine: made as unknown as Engine };
}

async function* eventsUntil(
  signal: AbortSignal,
  open: Set<{ send(event: EngineEvent): void; end(error?: Error): void }>,
): AsyncGenerator<EngineEvent> {
  const queue: (EngineEvent | Error | undefined)[] = [];
  let wake = () => {};
  const put = (item: EngineEvent | Error | undefined) => {
    queue.push(item);
    wake();
  };
  const stream = { send: put, end: put };
  open.add(stream);
  signal.addEventListener("abort", () => put(new Error("aborted")));
  try {
    for (;;) {
      for (; queue.length === 0; ) await new Promise<void>((resolve) => (wake = resolve));
      const item = queue.shift();
      if (item instanceof Error) throw item;
      if (item === undefined) return;
      yield item;
    }
  } finally {
    open.delete(stream);
  }
}

/** Whatever a list that does not come says. */
const late = timedOut("/d.sock");

async function connect(options: { podman?: boolean; down?: boolean } = {}) {
  const clock = createFakeClock(0);
  const { fake, engine } = fakeEngine(options);
  fake.down = options.down ?? false;
  const connection = createConnection(engine, clock);
  const told: (readonly string[] | undefined)[] = [];
  connection.follow("container", (ids) => told.push(ids));
  const leaving = new AbortController();
  const ended = connection.run(leaving.signal);
  await rest();
  const news = () => told.splice(0);
  const lost = () => connection.get() as Extract<ConnectionState, { kind: "lost" }>;
  return { clock, fake, connection, news, lost, leave: () => leaving.abort(), ended };
}

test("once live, followers load everything, and the header knows the engine", async () => {
  const { connection, news } = await connect();
  expect(connection.get()).toEqual({ kind: "live", about: { host: "web-01" } });
  expect(new Set(news())).toEqual(new Set([undefined]));
});

test("who follows later loads at once, and hears nothing any more after leaving", async () => {
  const { connection, fake, clock } = await connect();
  const heard: unknown[] = [];
  const stop = connection.follow("image", (ids) => heard.push(ids));
  expect(heard).toEqual([undefined]);
  stop();
  fake.send("sha256:1", "tag", "image");
  await clock.wind(100);
  expect(heard).toEqual([undefined]);
});

test("the events of one burst are told together, each kind to its own", async () => {
  const { fake, clock, news } = await connect();
  news();
  fake.send("web", "die");
  fake.send("web", "stop");
  fake.send("db");
  fake.send("sha256:1", "tag", "image");
  await clock.wind(59);
  expect(news()).toEqual([]);
  await clock.wind(1);
  expect(news().map((ids) => ids?.toSorted())).toEqual([["db", "web"]]);
  await clock.wind(1000);
  expect(news()).toEqual([]);
});

test.each(["die", "pause", "unpause"])(
  "%s is told when the list knows: once an inspect answers",
  async (action) => {
    const { fake, clock, news } = await connect();
    news();
    let finish = () => {};
    fake.listed = new Promise<void>((resolve) => {
      finish = resolve;
    });
    fake.send("web", action);
    await clock.wind(5_000);
    expect(news()).toEqual([]);
    finish();
    await clock.wind(60);
    expect(news()).toEqual([["web"]]);
  },
);

test.each([
  ["once a minute", false, 60_000],
  ["every ten seconds from Podman, which tells little", true, 10_000],
])("everything is loaded again %s", async (_, podman, ms) => {
  const { clock, news } = await connect({ podman });
  news();
  await clock.wind(ms - 1);
  expect(news()).toEqual([]);
  await clock.wind(1);
  expect(news()).toEqual([undefined]);
});

test("an engine that does not answer is asked again after 0.25 s, then ever later, up to 5 s", async () => {
  const { clock, fake, lost } = await connect({ down: true });
  const waits: number[] = [];
  for (let attempt = 1; attempt <= 8; attempt++) {
    expect(lost()).toMatchObject({ kind: "lost", since: 0, attempt, problem: { kind: "refused" } });
    const wait = lost().retryAt - clock.now();
    waits.push(wait);
    await clock.wind(wait - 1);
    expect(fake.connects).toBe(attempt);
    await clock.wind(1);
    expect(fake.connects).toBe(attempt + 1);
  }
  expect(waits).toEqual([250, 500, 1000, 2000, 4000, 5000, 5000, 5000]);
});

test("a connection that comes back loads everything, and the next loss begins to wait anew", async () => {
  const { clock, fake, connection, news, lost } = await connect({ down: true });
  await clock.wind(2000);
  fake.down = false;
  news();
  await clock.wind(5000);
  expect(connection.get().kind).toBe("live");
  expect(news()).toContain(undefined);
  const at = clock.now();
  fake.drop();
  await rest();
  expect(lost()).toMatchObject({ attempt: 1, since: at, retryAt: at + 250, problem: { kind: "lost" } });
  expect(fake.streams()).toBe(0);
});

test("a stream that breaks is a loss, and its last burst is not told", async () => {
  const { clock, fake, lost, news } = await connect();
  news();
  fake.send("web");
  await rest();
  fake.down = true;
  fake.drop(Object.assign(new Error("reset"), { code: "ECONNRESET" }));
  await clock.wind(100);
  expect(lost().problem.message).toBe("The connection to /d.sock broke.");
  expect(news()).toEqual([]);
});

test("retry does not wait", async () => {
  const { clock, fake, connection } = await connect({ down: true });
  await clock.wind(10_000);
  fake.down = false;
  connection.retry();
  await rest();
  expect(connection.get().kind).toBe("live");
});

test("a list that does not come makes it lost, and it is live no sooner than lists come again", async () => {
  const { clock, fake, connection, lost } = await connect();
  fake.hangs = true;
  connection.distrust(late);
  await rest();
  expect(lost()).toMatchObject({ attempt: 1, problem: { kind: "timeout" } });
  expect(fake.streams()).toBe(0);
  await clock.wind(60_000);
  expect(connection.get().kind).toBe("lost"); // though it answers a ping
  fake.hangs = false;
  await clock.wind(5_000);
  expect(connection.get().kind).toBe("live");
});

test("a clock that is set back changes nothing about its waits", async () => {
  const { clock, fake, connection } = await connect({ down: true });
  clock.set(-3_600_000);
  fake.down = false;
  await clock.wind(250);
  expect(connection.get().kind).toBe("live");
});

test("held, it has no stream and tries nothing; it goes on at once", async () => {
  const { clock, fake, connection } = await connect();
  connection.hold();
  await clock.wind(60_000);
  expect([fake.streams(), fake.connects]).toEqual([0, 1]);
  connection.goOn();
  await rest();
  expect([connection.get().kind, fake.streams()]).toEqual(["live", 1]);
});

test("leaving ends the stream, the timers and the run", async () => {
  const { clock, fake, leave, ended } = await connect();
  leave();
  await ended;
  expect([fake.streams(), clock.due()]).toEqual([0, []]);
});

test("leaving during a wait ends the wait", async () => {
  const { clock, leave, ended } = await connect({ down: true });
  leave();
  await ended;
  expect(clock.due()).toEqual([]);
});
