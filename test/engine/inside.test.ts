import { once } from "node:events";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { unix } from "../../src/docker/endpoint.ts";
import { createEngine, type Engine } from "../../src/docker/engine.ts";
import { explain, type Problem } from "../../src/docker/errors.ts";
import type { AttachOptions, AttachSession } from "../../src/docker/inside/attach.ts";
import type { Execution } from "../../src/docker/inside/execute.ts";
import type { Process } from "../../src/docker/inside/processes.ts";
import { removeAll, runContainer } from "./desk.ts";
import { describeEngine, sharedEngine } from "./engine-test.ts";
import { talkTo } from "./talk.ts";

const size = { columns: 80, rows: 24 };
const docker = (...args: string[]) => sharedEngine().docker(...args);
const signal = AbortSignal.timeout(60_000);

const options: AttachOptions = { detachKeys: "ctrl-p,ctrl-q", size, input: "safe" };

let engine: Engine;

const open = async (readOnly: boolean) => {
  const opened = createEngine(unix(sharedEngine().socketPath), { readOnly, now: Date.now });
  await opened.connect(signal);
  return opened;
};
const problemOf = (promise: Promise<unknown>): Promise<Problem | undefined> =>
  promise.then(() => undefined, explain);
const isRunning = async (id: string) =>
  (await docker("inspect", "-f", "{{.State.Running}}", id)).trim() === "true";

describeEngine("inside a container", () => {
  beforeAll(async () => {
    engine = await open(false);
  });
  afterEach(() => removeAll(sharedEngine()));
  afterAll(() => engine.close());

  test("its processes are those of docker top", async () => {
    const id = await runContainer(sharedEngine(), "top", {
      flags: ["-u", "nobody"],
      command: ["sh", "-c", "sleep 1000 & sleep 1000 & sleep 2000; true"],
    });
    const told = await docker("top", id, "-o", "pid,ppid,user,args");
    const expected = told.trim().split("\n").slice(1);
    const got = await engine.processes(id);
    expect(got.map(({ pid, parent, user, command }) => [pid, parent, user, command].join(" "))).toEqual(
      expected.map((line) => line.trim().replace(/\s+/g, " ")),
    );
    for (const { cpu, memory, seconds } of got) {
      expect(cpu).toBeGreaterThanOrEqual(0);
      expect(memory).toBeGreaterThan(0);
      expect(seconds).toBeLessThan(20);
    }
    await docker("kill", id);
    expect((await problemOf(engine.processes(id)))?.message).toContain("is not running");
  });

  test("one of several equal processes can be killed, and only that one", async () => {
    const work = "sleep 999 & sleep 1.2; sleep 999 & sleep 999 & sleep 2000; true";
    const id = await runContainer(sharedEngine(), "kill", {
      flags: ["-u", "nobody"],
      command: ["sh", "-c", work],
    });
    const sleepers = async () =>
      (await engine.processes(id)).filter(({ command }) => command === "sleep 999");
    await expect.poll(async () => (await sleepers()).length).toBe(3);
    const [first, second, third] = (await sleepers()) as [Process, Process, Process];
    await engine.killProcess(id, second, "TERM", signal);
    // The shell does not wait for them: what was killed stays as a zombie.
    await expect.poll(sleepers).toEqual([expect.anything(), expect.anything()]);
    expect((await sleepers()).map(({ pid }) => pid)).toEqual([first.pid, third.pid]);
    expect((await problemOf(engine.killProcess(id, second, "TERM", signal)))?.message).toMatch(
      /does not run any more/,
    );
    expect(await isRunning(id)).toBe(true);
  });

  test("the main process is killed as a container is", async () => {
    const id = await runContainer(sharedEngine(), "main", { command: ["sleep", "3000"] });
    const [main] = await engine.processes(id);
    await engine.killProcess(id, main as Process, "KILL", signal);
    expect(await engine.wait(id, signal)).toBe(137);
  });

  test("a process is left alone where the image has no shell", async () => {
    const id = (await docker("run", "-d", "dockui-test/noshell")).trim();
    const [main] = (await engine.processes(id)) as [Process];
    const execution = await engine.execute(id, { command: ["/busybox-app", "sleep", "77"] }, signal);
    const other = await expect
      .poll(async () => (await engine.processes(id)).find(({ pid }) => pid !== main.pid))
      .toBeDefined()
      .then(async () => (await engine.processes(id)).find(({ pid }) => pid !== main.pid));
    const problem = await problemOf(engine.killProcess(id, other as Process, "TERM", signal));
    expect(problem?.message).toContain("its image holds no shell");
    expect(await execution.exitCode()).toBeUndefined();
  });

  test("the changed files are those of docker diff", async () => {
    const id = await runContainer(sharedEngine(), "diff");
    expect(await engine.changedFiles(id)).toEqual([]);
    await docker("exec", id, "sh", "-c", "echo x >/tmp/new; rm /etc/passwd; mkdir -p '/root/a b'");
    const letters = { added: "A", changed: "C", removed: "D" };
    const got = (await engine.changedFiles(id)).map(({ kind, path }) => `${letters[kind]} ${path}`);
    expect(got.toSorted()).toEqual((await docker("diff", id)).trim().split("\n").toSorted());
    expect(got).toContain("D /etc/passwd");
  });

  test("a wait tells the exit code, of one that is removed too, and in read-only mode", async () => {
    const gated = ["sh", "-c", "while [ ! -e /tmp/go ]; do sleep 0.1; done; exit 7"];
    const ids = [
      await runContainer(sharedEngine(), "kept", { command: gated }),
      await runContainer(sharedEngine(), "gone", { flags: ["--rm"], command: gated }),
    ];
    const watcher = await open(true);
    const codes = ids.map((id) => watcher.wait(id, signal));
    const left = new AbortController();
    const aborted = problemOf(watcher.wait(ids[0] ?? "", left.signal));
    left.abort();
    expect((await aborted)?.kind).toBe("cancelled");
    for (const id of ids) await docker("exec", id, "touch", "/tmp/go");
    expect(await Promise.all(codes)).toEqual([7, 7]);
    expect(await watcher.wait(ids[0] ?? "", signal)).toBe(Number(await docker("wait", "kept")));
    expect((await problemOf(watcher.wait("nosuch", signal)))?.kind).toBe("gone");
    watcher.close();
  });
});

describeEngine("a read-only engine", () => {
  afterEach(() => removeAll(sharedEngine()));

  test("looks inside and changes nothing", async () => {
    const id = await runContainer(sharedEngine(), "box", {
      flags: ["-i"],
      command: ["sh", "-c", "sleep 999; true"],
    });
    const watcher = await open(true);
    const before = await watcher.processes(id);
    const child = before.find(({ command }) => command === "sleep 999") as Process;
    const changes = [
      () => watcher.killProcess(id, child, "KILL", signal),
      () => watcher.killProcess(id, before[0] as Process, "KILL", signal),
      () => watcher.execute(id, { command: ["true"] }, signal),
      () => watcher.attach(id, options),
      () => watcher.rename(id, "other"),
      () => watcher.update(id, { memory: 1e8 }),
      () => watcher.commit(id, { reference: "x", pause: false }),
      () => watcher.connectNetwork("bridge", id),
      () => watcher.disconnectNetwork("bridge", id),
    ];
    for (const change of changes) expect((await problemOf(change()))?.kind).toBe("read-only");
    expect(watcher.requests().changes).toBe(0);
    expect((await watcher.facts(id)).name).toBe("box");
    expect(await watcher.changedFiles(id)).toEqual([]);
    expect((await watcher.processes(id)).map(({ pid }) => pid)).toEqual(before.map(({ pid }) => pid));
    watcher.close();
  });
});

async function outputs(execution: Execution) {
  const heard = { out: "", err: "" };
  for await (const { stream, bytes } of execution.output) heard[stream] += bytes.toString();
  return heard;
}

describeEngine("a program in a container", () => {
  beforeAll(async () => {
    engine = await open(false);
  });
  afterEach(() => removeAll(sharedEngine()));
  afterAll(() => engine.close());

  test("runs as whom, where and with what was asked for; its outputs stay apart", async () => {
    const id = await runContainer(sharedEngine(), "exec");
    const script = "id -u; pwd; echo $WHO; echo wrong >&2; exit 3";
    const options = { command: ["sh", "-c", script], user: "nobody", workdir: "/tmp", env: ["WHO=a b"] };
    const execution = await engine.execute(id, options, signal);
    expect(await outputs(execution)).toEqual({ out: "65534\n/tmp\na b\n", err: "wrong\n" });
    expect(await execution.exitCode()).toBe(3);
  });

  test.each([
    [{ command: ["nosuch"] }, "There is no program nosuch in this container."],
    [{ command: ["/tmp"] }, "/tmp cannot be executed in this container."],
    [{ command: ["ls"], user: "nosuch" }, "There is no user or group nosuch in this container."],
    [{ command: ["ls"], workdir: "/nosuch" }, "There is no folder /nosuch in this container."],
  ])("that cannot start is told: %j", async (options, message) => {
    const id = await runContainer(sharedEngine(), "refused");
    const execution = engine.execute(id, options, signal);
    expect((await problemOf(execution.then(outputs)))?.message).toBe(message);
    // Docker 28 refuses some of them at once.
    const ended = await execution.then((begun) => begun.exitCode()).catch(() => 126);
    expect([126, 127]).toContain(ended);
  });

  test("that writes the engine's own words is believed", async () => {
    const id = await runContainer(sharedEngine(), "quote");
    const words = "OCI runtime exec failed: not really";
    const execution = await engine.execute(
      id,
      { command: ["sh", "-c", `echo '${words}'; exit 126`] },
      signal,
    );
    expect((await outputs(execution)).out).toBe(`${words}\n`);
  });

  test("goes on when the reading is aborted, until it is killed", async () => {
    const id = await runContainer(sharedEngine(), "abort");
    const left = new AbortController();
    const execution = await engine.execute(id, { command: ["sleep", "500"] }, left.signal);
    const reading = problemOf(outputs(execution));
    await expect.poll(() => execution.pid()).toBeGreaterThan(0);
    left.abort();
    expect((await reading)?.kind).toBe("cancelled");
    expect(await execution.exitCode()).toBeUndefined();
    const pid = await execution.pid();
    const sleeper = (await engine.processes(id)).find((process) => process.pid === pid);
    expect(sleeper?.command).toBe("sleep 500");
    await engine.killProcess(id, sleeper as Process, "KILL", signal);
    await expect.poll(() => execution.exitCode()).toBe(137);
  });

  test("on a terminal has a user, a folder and an environment, too", async () => {
    const id = await runContainer(sharedEngine(), "tty");
    const more = { user: "nobody", workdir: "/tmp", env: ["WHO=me"], term: "xterm", size };
    const talk = talkTo(
      await engine.openShell(id, { command: ["sh", "-c", "id -u; pwd; echo $WHO$TERM"], ...more }),
    );
    await talk.hears(/65534\r\n\/tmp\r\nmexterm/);
    expect(await talk.end()).toBe(0);
  });
});

const echo =
  'echo ready; while read l; do echo "said $l"; [ "$l" = quit ] && exit 5; done; echo over; exit 6';

async function attachTo(name: string, flags: string[], input: AttachOptions["input"] = "safe") {
  // Not by docker run -d, which would take StdinOnce away.
  const id = (
    await docker("create", "--name", name, ...flags, "dockui-test/busybox", "sh", "-c", echo)
  ).trim();
  await docker("start", id);
  const session = await engine.attach(id, { ...options, input });
  return { id, session, talk: talkTo(session) };
}

const closed = ({ stream }: AttachSession) => (stream.closed ? undefined : once(stream, "close"));

describeEngine("an attach", () => {
  beforeAll(async () => {
    engine = await open(false);
  });
  afterEach(() => removeAll(sharedEngine()));
  afterAll(() => engine.close());

  test("with a TTY talks, has its size, and leaves by its keys; the container runs on", async () => {
    const { id, session, talk } = await attachTo("tty", ["-it"]);
    talk.type("hello\r");
    await talk.hears(/said hello\r\n/);
    await session.resize({ columns: 100, rows: 30 });
    expect(await docker("exec", id, "sh", "-c", "stty size </proc/1/fd/0")).toBe("30 100\n");
    expect(await session.exitCode()).toBeUndefined();
    talk.type("\u0010");
    talk.type("\u0011");
    expect(await talk.end()).toBeUndefined();
    expect(await isRunning(id)).toBe(true);
  });

  test("with a TTY ends with its container, and leaving twice harms nothing", async () => {
    const { id, talk, session } = await attachTo("end", ["-it"]);
    talk.type("quit\r");
    expect(await talk.end()).toBe(5);
    session.leave();
    const other = await engine.attach((await attachTo("left", ["-it"])).id, options);
    other.leave();
    other.leave();
    await closed(other);
    expect([await other.exitCode(), await isRunning("left"), await isRunning(id)]).toEqual([
      undefined,
      true,
      false,
    ]);
  });

  test("without a TTY shows lines, talks where leaving is harmless, and leaves by its keys", async () => {
    const id = await runContainer(sharedEngine(), "plain", { flags: ["-i"], command: ["sh", "-c", echo] });
    const session = await engine.attach(id, options);
    const talk = talkTo(session);
    expect([session.tty, session.deaf]).toEqual([false, undefined]);
    talk.type("hello\r");
    await talk.hears(/hello\r\nsaid hello\r\n/);
    talk.type("\u0010\u0011");
    expect(await talk.end()).toBeUndefined();
    expect(await isRunning(id)).toBe(true);
    const again = talkTo(await engine.attach(id, options));
    again.type("quit\r");
    expect(await again.end()).toBe(5);
  });

  test("only watches a container whose input would close with it, unless told otherwise", async () => {
    const { id, session, talk } = await attachTo("once", ["-i"]);
    expect(session.deaf).toContain("StdinOnce");
    talk.type("quit\r");
    session.leave();
    await closed(session);
    expect([await session.exitCode(), await isRunning(id)]).toEqual([undefined, true]);
    const told = talkTo(await engine.attach(id, { ...options, input: "always" }));
    told.type("hello\r");
    await told.hears(/said hello/);
    told.type("\u0004");
    await told.hears(/over/);
    expect(await told.end()).toBe(6);
  });

  test("that only watches a TTY leaves by its keys, too", async () => {
    const echoes = "while :; do echo tick; sleep 0.1; done";
    const id = await runContainer(sharedEngine(), "deaf", { flags: ["-t"], command: ["sh", "-c", echoes] });
    const session = await engine.attach(id, options);
    const talk = talkTo(session);
    await talk.hears(/tick\r\n/);
    expect([session.tty, session.deaf]).toEqual([true, expect.stringContaining("without -i")]);
    talk.type("x\u0010\u0011");
    expect(await talk.end()).toBeUndefined();
    expect(await isRunning(id)).toBe(true);
  });

  test("that is open when dockui ends is left, and the container runs on", async () => {
    const id = await runContainer(sharedEngine(), "quit", { flags: ["-it"], command: ["sh", "-c", echo] });
    const ending = await open(false);
    const session = await ending.attach(id, options);
    ending.close();
    await closed(session);
    const again = talkTo(await engine.attach(id, options));
    again.type("hello\r");
    await again.hears(/said hello/);
  });

  test("of a container that is removed as it ends knows how it ended", async () => {
    const { session, talk } = await attachTo("rm", ["-it", "--rm"]);
    expect(session.tty).toBe(true);
    talk.type("quit\r");
    expect(await talk.end()).toBe(5);
  });

  test.each([["-i"], ["-it"], ["-it", "--rm"]])(
    "before its start misses nothing of it: %s %s",
    async (...flags) => {
      const command = ["sh", "-c", "echo HELLO; exit 6"];
      const id = (await docker("create", ...flags, "dockui-test/busybox", ...command)).trim();
      const start = () => engine.start(id);
      const session = await engine.attach(id, { detachKeys: options.detachKeys, input: "always", start });
      await once(session.stream, "readable"); // nobody reads yet, and it is over
      const talk = talkTo(session);
      await talk.hears(/^HELLO\r\n/);
      expect(await talk.end()).toBe(6);
    },
  );

  test("before a start that fails leaves nothing behind", async () => {
    const id = (await docker("create", "-it", "dockui-test/busybox", "frobnicate")).trim();
    const start = () => engine.start(id);
    const begun = engine.attach(id, { detachKeys: options.detachKeys, input: "always", start });
    expect((await problemOf(begun))?.message).toContain("frobnicate");
  });

  test("before its start leaves by its keys; the container runs on", async () => {
    const id = (await docker("create", "-it", "dockui-test/busybox", "sh", "-c", echo)).trim();
    const start = () => engine.start(id);
    const session = await engine.attach(id, { detachKeys: options.detachKeys, input: "always", start });
    const talk = talkTo(session);
    talk.type("hello\r");
    await talk.hears(/said hello/);
    talk.type("\u0010\u0011");
    expect(await talk.end()).toBeUndefined();
    expect(await isRunning(id)).toBe(true);
  });

  test("that is left holds nothing up", async () => {
    const flood = "while :; do echo xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx; done";
    const id = await runContainer(sharedEngine(), "flood", { command: ["sh", "-c", flood] });
    const session = await engine.attach(id, options);
    await once(session.stream, "data");
    session.stream.pause();
    session.leave();
    await closed(session);
    const lines = async () => (await docker("logs", "--tail", "1", "-t", id)).slice(0, 30);
    const before = await lines();
    await expect.poll(lines).not.toBe(before);
  });

  test("needs a container that runs", async () => {
    const id = (await docker("create", "-it", "dockui-test/busybox")).trim();
    expect((await problemOf(engine.attach(id, options)))?.message).toBe("It does not run.");
    const paused = await runContainer(sharedEngine(), "paused");
    await docker("pause", paused);
    expect((await problemOf(engine.attach(paused, options)))?.message).toContain("paused");
  });
});
