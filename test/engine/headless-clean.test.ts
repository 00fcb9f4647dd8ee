import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { firstRules } from "../../src/actions/clean-up/rules.ts";
import { startDemoEngine } from "../../src/demo/index.ts";
import { type Endpoint, unix } from "../../src/docker/endpoint.ts";
import { clean } from "../../src/headless/clean.ts";
import { build, buildWithBuildKit, fill, fromScratch } from "./builds.ts";
import { removeAll, runContainer } from "./desk.ts";
import { describeEngine } from "./engine-test.ts";
import { everything, missing } from "./everything.ts";
import { type PrivateEngine, startPrivateEngine } from "./private-engine.ts";
import { bundle, dockui, startDockui } from "./program.ts";
import { closeProxies, openProxy } from "./proxy.ts";
import { importImage } from "./test-images.ts";

type Item = { plan: string; kind: string; id: string; name: string; outcome?: string; reason?: string };
type Bytes = { bytes: number; byKind: Record<string, number> };
type Answer = { items: Item[]; hidden: string[]; promised: Bytes; gained?: Bytes | null };

const read = (stdout: string) => JSON.parse(stdout) as Answer;
const ticked = ({ items, hidden }: Answer) =>
  [
    ...items.filter(({ plan }) => plan === "remove").map(({ kind, id }) => `${kind}:${id}`),
    ...hidden.map((id) => `image:${id}`),
  ].sort();

describeEngine("dockui clean", () => {
  let engine: PrivateEngine;
  const docker = (...args: string[]) => engine.docker(...args);
  const run = (...args: string[]) => dockui(["-H", engine.host, "clean", ...args]);

  beforeAll(async () => {
    engine = await startPrivateEngine();
    await importImage(engine, "dockui-test/busybox");
  });
  afterAll(() => engine?.remove());
  afterEach(async () => {
    await closeProxies();
    await removeAll(engine);
    const listed = await docker("images", "--format", "{{.Repository}}:{{.Tag}}");
    const tags = listed.split("\n").filter((tag) => tag !== "" && !tag.startsWith("dockui-test/"));
    if (tags.length > 0) await docker("rmi", ...tags);
    await docker("builder", "prune", "-af");
    await docker("network", "prune", "-f");
  });

  async function stopped(names: readonly string[]): Promise<void> {
    for (const name of names) await docker("create", "--name", name, "dockui-test/busybox");
  }

  /** Some of everything that collects on a server. */
  async function makeMess(): Promise<void> {
    await build(engine, [...fromScratch, fill("/lib", 4), "ENV BASE=1", fill("/more", 2)], "base:1");
    for (const size of [3, 5])
      await build(engine, ["FROM base:1", fill("/app", size), "WORKDIR /srv", fill("/b", 1)], "app:1");
    await build(engine, ["FROM base:1", fill("/old", 1)], "unused:1");
    await docker("tag", "unused:1", "unused:2");
    await build(engine, ["FROM base:1", fill("/kept", 1)], "needed:1");
    for (const name of ["lonely", "held"]) await docker("network", "create", name);
    await docker("volume", "create", "precious");
    const write = ["sh", "-c", "dd if=/dev/zero of=/w bs=1000 count=700 2>/dev/null"];
    for (const at of [1, 2, 3]) await runContainer(engine, `down-${at}`, { command: write });
    await runContainer(engine, "kept", { flags: ["--label", "keep=1"], command: write });
    await docker("create", "--name", "never", "--network", "held", "needed:1", "/bin/busybox");
    await runContainer(engine, "up", { flags: ["-v", "/live", "-v", "db:/db"] });
    const filler = ["sh", "-c", "for v in v p; do dd if=/dev/zero of=/$v/x bs=1000000 count=3; done"];
    await runContainer(engine, "filler", { flags: ["-v", "/v", "-v", "precious:/p"], command: filler });
    await docker("wait", "filler", "kept", "down-1", "down-2", "down-3");
    await docker("rm", "filler");
  }

  describe("carries out exactly what its plan showed", () => {
    test.each([
      ["without rules", []],
      ["by kind and label", ["--kind", "containers,images", "--label", "!keep"]],
      ["with all images and no volumes", ["--images", "all", "--volumes", "none"]],
      ["with all volumes, of volumes only", ["--kind", "volumes", "--volumes", "all"]],
      ["with everything", ["--images", "all", "--volumes", "all"]],
    ])("%s", async (_, rules) => {
      await makeMess();
      const shown = await run("--plan", "--json", ...rules);
      expect([shown.code, shown.stderr]).toEqual([3, ""]);
      const plan = read(shown.stdout);
      const before = await everything(engine);
      const { code, stderr, stdout } = await run("--yes", "--json", ...rules);
      expect([code, stderr]).toEqual([0, ""]);
      const answer = read(stdout);
      expect(ticked(answer)).toEqual(ticked(plan));
      expect(missing(before, await everything(engine))).toEqual(ticked(plan));
      for (const kind of ["container", "image", "volume"]) {
        const promised = plan.promised.byKind[kind] ?? -1;
        const difference = Math.abs((answer.gained?.byKind[kind] ?? -1) - promised);
        expect(difference, `${kind} of ${promised}`).toBeLessThanOrEqual(promised / 100);
      }
      expect(answer.gained?.bytes).toBeGreaterThan(1_000_000);
      expect(answer.items.filter(({ reason }) => reason !== undefined)).toEqual([]);
    });
  });

  test("takes unused build cache record by record, and keeps what an image holds", async () => {
    await buildWithBuildKit(engine, [...fromScratch, fill("/bk", 2)], "bk:1");
    await buildWithBuildKit(engine, [...fromScratch, fill("/gone", 2)], "bk:2");
    await docker("rmi", "bk:2");
    const rules = ["--kind", "cache"];
    const plan = read((await run("--plan", "--json", ...rules)).stdout);
    expect(ticked(plan).length).toBeGreaterThan(0);
    expect(plan.items.some((item) => item.plan === "keep")).toBe(true);
    const before = await everything(engine);
    expect((await run("--yes", ...rules)).code).toBe(0);
    expect(missing(before, await everything(engine))).toEqual(ticked(plan));
  });

  test("leaves an unused named volume and its data alone, whatever else is asked for but --volumes all", async () => {
    await docker("volume", "create", "--label", "ci=1", "precious");
    const write = ["sh", "-c", "echo data >/p/file"];
    const options: string[][] = [
      [],
      ["--kind", "volumes"],
      ["--kind", "containers,images,networks,volumes,cache"],
      ["--volumes", "anonymous"],
      ["--volumes", "none"],
      ["--images", "all", "--kind", "containers,volumes,networks"],
      ["--label", "ci=1"],
      ["--until", "0s", "--volumes", "anonymous"],
    ];
    for (const option of options) {
      await runContainer(engine, "writer", { flags: ["-v", "precious:/p"], command: write });
      await docker("wait", "writer");
      await docker("rm", "writer");
      expect((await run("--yes", ...option)).code, option.join(" ")).toBe(0);
      expect(await docker("run", "--rm", "-v", "precious:/p", "dockui-test/busybox", "cat", "/p/file")).toBe(
        "data\n",
      );
    }
    expect((await run("--yes", "--volumes", "all", "--label", "!ci")).code).toBe(0);
    expect(await docker("volume", "ls", "-q")).toBe("precious\n");
    expect((await run("--yes", "--volumes", "all")).code).toBe(0);
    expect(await docker("volume", "ls", "-q")).toBe("");
  });

  const request = { rules: firstRules, yes: true, json: false };

  /** Runs it in this process; `removed` is called with how many are gone by then, each time. */
  async function inProcess(endpoint: Endpoint, removed: (count: number) => void, signal?: AbortSignal) {
    const out: string[] = [];
    const err: string[] = [];
    const output = {
      out(text: string) {
        out.push(text);
        if (text.startsWith("removed ")) removed(out.length);
      },
      complain: (text: string) => void err.push(text),
      progress() {},
    };
    const options = { output, signal: signal ?? new AbortController().signal, patienceMs: 1_500 };
    return { code: await clean(endpoint, request, options), out, err };
  }

  test("skips what came in use since it was shown, says so on stderr, and ends with 4", async () => {
    await stopped(["down"]);
    await docker("network", "create", "lonely");
    const come = ["-H", engine.host, "create", "--name", "new", "--network", "lonely", "dockui-test/busybox"];
    const { code, out, err } = await inProcess(unix(engine.socketPath), (count) => {
      // Containers go before networks.
      if (count === 1) execFileSync("docker", come);
    });
    expect(code).toBe(4);
    expect(err).toEqual([
      expect.stringMatching(/^dockui: skipped network lonely \(\w{12}\): new uses it now\.\n$/),
    ]);
    expect(out).toEqual([
      expect.stringMatching(/^removed container down \(\w{12}\)\n$/),
      "Removed 1 of 2 objects, 0B came back (promised: 0B).\n",
    ]);
  });

  test("stopped between two objects finishes what was begun and names what is left", async () => {
    const names = Array.from({ length: 12 }, (_, at) => `down-${at}`);
    await stopped(names);
    const stopping = new AbortController();
    const proxy = await openProxy(engine.socketPath);
    const { code, out, err } = await inProcess(proxy.endpoint, () => stopping.abort(), stopping.signal);
    expect(code).toBe(4);
    const there = (await docker("ps", "-a", "--format", "{{.Names}}")).split("\n").filter(Boolean);
    const [notice, ...left] = err;
    expect(notice).toBe("dockui: Stopping as soon as what was begun is done.\n");
    expect(
      left.map((line) => /^dockui: left container (\S+) \(\w{12}\): (.*)\n$/.exec(line)?.slice(1)),
    ).toEqual(expect.arrayContaining(there.map((name) => [name, "dockui was stopped before it."])));
    expect(left).toHaveLength(there.length);
    const removed = out.filter((line) => line.startsWith("removed container "));
    expect(removed.length + left.length).toBe(12);
    expect(removed.length).toBeLessThanOrEqual(4);
    expect(out.at(-1)).toContain(`Removed ${removed.length} of 12 objects, what came back was not measured`);
  });

  test("goes on after the connection broke", async () => {
    await stopped(Array.from({ length: 12 }, (_, at) => `down-${at}`));
    const proxy = await openProxy(engine.socketPath);
    const { code, err } = await inProcess(proxy.endpoint, (count) => count % 5 === 2 && proxy.cut());
    expect(code).toBe(0);
    expect(new Set(err)).toEqual(
      new Set(["dockui: The connection to the engine broke. It is waited for.\n"]),
    );
    expect(await docker("ps", "-aq")).toBe("");
  });

  test("waits once for an engine that is gone, then says of each object what became of it", async () => {
    await stopped(Array.from({ length: 12 }, (_, at) => `down-${at}`));
    await docker("network", "create", "lonely");
    const proxy = await openProxy(engine.socketPath);
    let gone: Promise<void> | undefined;
    const { code, out, err } = await inProcess(proxy.endpoint, () => {
      gone ??= proxy.close();
    });
    await gone;
    expect(code).toBe(4);
    const told = (start: string) => err.filter((line) => line.startsWith(start));
    expect(told("dockui: The connection to the engine broke.")).toHaveLength(1);
    const failed = told("dockui: failed container ");
    expect(failed.length).toBeGreaterThan(0);
    expect(failed.filter((line) => !line.endsWith(" Whether it went is not known.\n"))).toEqual([]);
    const left = told("dockui: left ");
    expect(left.filter((line) => !line.endsWith(": The engine was gone before it.\n"))).toEqual([]);
    expect(left.some((line) => line.startsWith("dockui: left network lonely "))).toBe(true);
    const removed = out.filter((line) => line.startsWith("removed "));
    expect(removed.length + failed.length + left.length).toBe(13);
    expect(out.at(-1)).toContain("what came back was not measured");
    const there = await everything(engine);
    expect([...there].filter((id) => id.startsWith("network:"))).toHaveLength(4);
  });

  test.each(["SIGTERM", "SIGINT", "SIGHUP"] as const)(
    "%s ends it with code 4, and nothing half done",
    async (signal) => {
      const names = Array.from({ length: 40 }, (_, at) => `down-${at}`);
      await stopped(names);
      const { child, ended } = startDockui(["-H", engine.host, "clean", "--yes"]);
      await once(child.stdout, "data");
      child.kill(signal);
      const { code, stderr } = await ended;
      expect(code).toBe(4);
      const there = (await docker("ps", "-a", "--format", "{{.Names}}")).split("\n").filter(Boolean);
      const left = [...stderr.matchAll(/^dockui: left container (\S+)/gm)].map(([, name]) => name);
      expect(left.sort()).toEqual(there.sort());
      expect(left.length).toBeGreaterThan(0);
    },
  );

  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("%s while it measures ends it with code %i, and nothing was begun", async (signal, status) => {
    const demo = await startDemoEngine({ quiet: true, diskUsageMs: 600_000 });
    try {
      const { child, ended } = startDockui(["-H", `unix://${demo.socketPath}`, "clean", "--yes"]);
      await expect
        .poll(() => demo.requests.map(({ path }) => path))
        .toContainEqual(expect.stringContaining("/system/df"));
      child.kill(signal);
      expect(await ended).toEqual({ stdout: "", stderr: "", code: status });
      expect(demo.requests.filter(({ method }) => method === "DELETE" || method === "POST")).toEqual([]);
    } finally {
      await demo.close();
    }
  });

  test("a reader that has gone stops it as a signal does", async () => {
    await stopped(Array.from({ length: 40 }, (_, at) => `down-${at}`));
    const script = `{ "$0" "$1" -H "$2" clean --yes; echo "code=$?" >&2; } | head -n 1`;
    const child = spawn("sh", ["-c", script, process.execPath, bundle, engine.host]);
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
    expect(stdout).toMatch(/^removed container \S+ \(\w{12}\)\n$/);
    const left = [...stderr.matchAll(/^dockui: left container (\S+)/gm)].map(([, name]) => name);
    const there = (await docker("ps", "-a", "--format", "{{.Names}}")).split("\n").filter(Boolean);
    expect(left.length).toBeGreaterThan(0);
    expect(left.sort()).toEqual(there.sort());
    expect(stderr).toMatch(/\ncode=4\n$/);
  });

  test("text of strangers is shown as text, also as JSON", async () => {
    await docker("network", "create", "net\u001b[2J\u009b31m");
    await docker("volume", "create", "--label", "v=\u001b]0;x\u0007", "labelled");
    await docker("create", "--name", "evil", "--label", "e\u001b[31m=\u202ex\u0007", "dockui-test/busybox");
    await docker("commit", "-c", "LABEL a=\u001b[5m", "-m", "\u001bc", "evil");
    const answers = [
      await run(),
      await run("--json", "--volumes", "all"),
      await run("--yes", "--volumes", "all"),
    ];
    expect(answers.map(({ code }) => code)).toEqual([3, 3, 0]);
    for (const { stdout, stderr } of answers)
      expect(stdout + stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    expect(answers[0]?.stdout).toContain("net␛[2J");
    expect(answers[2]?.stdout).toContain("removed network net␛[2J");
  });

  test("an engine that cannot be reached is code 1, with its sentence and nothing on stdout", async () => {
    for (const args of [["--yes"], ["--plan", "--json"]]) {
      const { code, stdout, stderr } = await dockui(["-H", "unix:///nonexistent.sock", "clean", ...args]);
      expect([code, stdout]).toEqual([1, ""]);
      expect(stderr).toContain("dockui: There is no Docker socket at /nonexistent.sock.");
    }
    const refused = await run("--yes", "--until", "yesterday");
    expect([refused.code, refused.stdout]).toEqual([2, ""]);
    expect(refused.stderr).toContain('dockui: --until "yesterday" is not understood.');
  });

  test("the plan only reads", async () => {
    await stopped(["down"]);
    const proxy = await openProxy(engine.socketPath);
    const { code } = await dockui(["-H", proxy.host, "clean", "--images", "all", "--volumes", "all"]);
    expect(code).toBe(3);
    expect(proxy.requests.filter((line) => !/^(GET|HEAD) /.test(line))).toEqual([]);
  });
});
