import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { unix } from "../../src/docker/endpoint.ts";
import { createEngine, type Engine } from "../../src/docker/engine.ts";
import { explain } from "../../src/docker/errors.ts";
import type { PullProgress } from "../../src/docker/pull.ts";
import { emptySpec } from "../../src/docker/run/empty-spec.ts";
import { fromInspect } from "../../src/docker/run/from-inspect.ts";
import { isUserDefined } from "../../src/docker/run/networks.ts";
import { parseRunLine } from "../../src/docker/run/parse.ts";
import type { RunSpec } from "../../src/docker/run/spec.ts";
import { runLines } from "../docker/run-lines.ts";
import { asked, type Inspected } from "./asked.ts";
import { removeAll } from "./desk.ts";
import { describeEngine, sharedEngine } from "./engine-test.ts";
import { type Registry, registryUnavailable, startRegistry } from "./registry.ts";

const box = "dockui-test/busybox";
const docker = (...words: string[]) => sharedEngine().docker(...words);
const rows = async (...words: string[]) => (await docker(...words)).split("\n").filter(Boolean);

let engine: Engine;

function openEngine() {
  beforeEach(async () => {
    engine = createEngine(unix(sharedEngine().socketPath), { readOnly: false, now: Date.now });
    await engine.connect(AbortSignal.timeout(5000));
  });
  afterEach(() => engine.close());
}

async function removeWhatWasMade() {
  await removeAll(sharedEngine());
  const networks = await rows("network", "ls", "-q", "--filter", "type=custom");
  if (networks.length > 0) await docker("network", "rm", ...networks);
}

/** The words that a shell hands to the docker command. */
function shellWords(line: string): string[] {
  const functions = `docker() { printf '%s\\0' "$@"; }; podman() { docker "$@"; }; sudo() { "$@"; }`;
  const script = `${functions}\n${line.replace(/^\$ /, "")}`;
  return execFileSync("sh", ["-c", script], { encoding: "utf8" }).split("\0").slice(0, -1);
}

/** The same as a `docker create` command, which has no -d, and no standing between signals. */
function createWords(line: string, image: string): string[] {
  const words = shellWords(line).filter((word, index) => index > 0 || word !== "container");
  const end = words.indexOf(image);
  const flags = words.slice(1, end).filter((word) => !/^(-d|--detach(=true)?|--sig-proxy=false)$/.test(word));
  const without = flags.map((word) => (/^-[itd]+p?$/.test(word) ? word.replace("d", "") : word));
  return ["create", ...without, ...words.slice(end)];
}

const inspect = async (id: string) => (await engine.inspect(id)) as Inspected;

/** What a line needs beside its image: the containers it names, and its networks. */
async function provide(spec: RunSpec): Promise<void> {
  const named = [spec.pid, spec.ipc, spec.network].flatMap(
    (mode) => /^container:(.*)$/.exec(mode ?? "")?.[1] ?? [],
  );
  const containers = [...spec.links.map((link) => link.split(":")[0] ?? ""), ...spec.volumesFrom, ...named];
  for (const name of new Set(containers)) await docker("create", "--name", name, box);
  const subnet = spec.ip ? ["--subnet", spec.ip.replace(/\d+$/, "0/24")] : [];
  if (isUserDefined(spec.network)) await docker("network", "create", ...subnet, spec.network);
}

describeEngine("a docker run line of real life", () => {
  const images = new Set(
    runLines
      .map(([line]) => parseRunLine(line).spec.image)
      .map((image) => (/:[^/]*$/.test(image) ? image : `${image}:latest`)),
  );
  let info: unknown;
  openEngine();
  beforeAll(async () => {
    // Our own image stands in for all of them: what a line makes of it is the same.
    for (const image of images) await docker("tag", box, image);
    info = JSON.parse(await docker("info", "--format", "{{json .}}"));
  });
  afterEach(async () => {
    for (const { id } of await engine.containers()) await engine.remove(id, { volumes: true });
  });
  afterAll(async () => {
    await removeWhatWasMade();
    await docker("rmi", ...images);
  });

  test.each(runLines)("makes the container that docker makes: %s", async (line) => {
    const { spec, problems } = parseRunLine(line);
    expect(problems).toEqual([]);
    await provide(spec);
    const theirs = await inspect((await docker(...createWords(line, spec.image))).trim());
    await engine.remove(theirs.Id, { volumes: true });

    const made = await engine.create({ ...spec, detach: false });
    const ours = await inspect(made.id);
    expect(asked(ours)).toEqual(asked(theirs));

    const again = fromInspect(ours, await engine.image(spec.image), info);
    expect(again.lost.filter((sentence) => !sentence.includes("volume without a name"))).toEqual([]);
    await engine.remove(made.id, { volumes: true });
    const copy = await inspect((await engine.create(again.spec)).id);
    expect(asked(copy)).toEqual(asked(ours));
  });
});

describeEngine("creating a container", () => {
  openEngine();
  afterEach(removeWhatWasMade);

  test("detached, nothing is attached to it", async () => {
    const { id } = await engine.create({ ...emptySpec, image: box, detach: true, interactive: true });
    const { Config } = await inspect(id);
    expect(Config).toMatchObject({ AttachStdin: false, AttachStdout: false, AttachStderr: false });
    expect(Config).toMatchObject({ OpenStdin: true, StdinOnce: false });
    expect(fromInspect(await inspect(id), await engine.image(box)).spec).toMatchObject({
      detach: true,
      interactive: true,
    });
  });

  test("leaves out what the image gives, and says it where the container differs", async () => {
    await docker(
      ...[
        "import",
        "-c",
        'CMD ["sleep","5"]',
        "-c",
        'ENTRYPOINT ["/bin/env"]',
        "-c",
        "ENV A=1 B=2",
        "-c",
        "WORKDIR /tmp",
      ],
      ...["-c", "USER nobody", "-c", "EXPOSE 80", "-c", "LABEL a=1 b=2", "-c", "VOLUME /data"],
      ...["-c", "HEALTHCHECK --interval=7s CMD true", "/dev/null", "rich"],
    );
    try {
      const spec: RunSpec = { ...emptySpec, image: "rich" };
      const image = await engine.image("rich");
      const plain = fromInspect(await inspect((await engine.create(spec)).id), image).spec;
      const { name, cgroupns, ...rest } = plain;
      expect(rest).toEqual(spec);
      const other: RunSpec = {
        ...spec,
        entrypoint: "sh",
        command: ["sleep", "5"],
        env: [{ key: "A", value: "3" }],
        labels: [{ key: "b", value: "3" }],
        healthTimeoutMs: 3000,
        user: "root",
        workdir: "/",
        expose: [{ ports: { from: 81, to: 81 }, protocol: "tcp" }],
      };
      const again = fromInspect(await inspect((await engine.create(other)).id), image);
      expect(again.spec).toMatchObject(other);
      expect(again.lost).toEqual([
        "/data lies in a volume without a name: another container gets a new, empty one",
      ]);
    } finally {
      await docker("rm", "-fv", ...(await rows("ps", "-aq")));
      await docker("rmi", "rich");
    }
  });

  test("joins further networks, and leaves nothing when one is missing", async () => {
    for (const network of ["one-net", "two-net"]) await docker("network", "create", network);
    const { spec } = parseRunLine(`docker run --network one-net --network name=two-net,alias=x ${box}`);
    const { id } = await engine.create({ ...spec, name: "joined" });
    const { NetworkSettings } = await inspect(id);
    expect(Object.keys(NetworkSettings.Networks)).toEqual(["one-net", "two-net"]);
    expect(NetworkSettings.Networks["two-net"]?.Aliases).toContain("x");
    const again = fromInspect(await inspect(id), await engine.image(box));
    expect(again.spec.moreNetworks).toEqual([{ name: "two-net", aliases: ["x"] }]);
    await docker("rm", id);
    await docker("network", "rm", "two-net");
    await expect(engine.create({ ...spec, name: "joined" })).rejects.toThrow("two-net");
    expect(await rows("ps", "-aq", "--filter", "name=joined")).toEqual([]);
  });

  test("reads its env files as docker does", async () => {
    const folder = mkdtempSync(join(tmpdir(), "dockui-env-"));
    try {
      const file = join(folder, "a.env");
      writeFileSync(file, "# said\nA=1\n\n  B='two words' \nC=\n");
      const line = `docker run --env-file ${file} -e C=3 ${box}`;
      const theirs = await inspect((await docker(...createWords(line, box))).trim());
      const ours = await inspect((await engine.create(parseRunLine(line).spec)).id);
      expect(ours.Config.Env).toEqual(theirs.Config.Env);
      const missing = engine.create({ ...emptySpec, image: box, envFiles: [join(folder, "no.env")] });
      await expect(missing).rejects.toThrow("no.env of --env-file cannot be read: it does not exist.");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test("a missing image says what to pull, a missing container is not taken for it", async () => {
    const missing = await engine.create({ ...emptySpec, image: "no/such:1" }).catch(explain);
    expect(missing).toEqual({
      kind: "gone",
      message: "There is no image no/such:1 on this engine.",
      hint: "Pull it first: docker pull no/such:1",
    });
    expect(await engine.image("no/such:1")).toBeUndefined();
    const from = await engine.create({ ...emptySpec, image: box, volumesFrom: ["nobody"] }).catch(explain);
    expect(from).toMatchObject({ message: "No such container: nobody" });
  });

  test("a taken name and an option that the engine refuses are told", async () => {
    const spec = { ...emptySpec, image: box, name: "taken" };
    await engine.create(spec);
    const taken = await engine.create(spec).catch(explain);
    expect(taken).toMatchObject({ kind: "conflict", message: expect.stringContaining("/taken") });
    const refused = await engine.create({ ...emptySpec, image: box, logDriver: "paper" }).catch(explain);
    expect(refused).toMatchObject({ message: expect.stringContaining("paper") });
    expect((await engine.create({ ...emptySpec, image: box, memory: 64 * 1024 ** 2 })).warnings).toEqual([]);
  });
});

const noRegistry = registryUnavailable();
if (noRegistry && process.env.DOCKUI_ENGINE === "required")
  throw new Error(`DOCKUI_ENGINE=required, but ${noRegistry}`);
if (noRegistry) console.warn(`!! PULLING FROM A REAL REGISTRY IS NOT TESTED: ${noRegistry}`);

(noRegistry ? describeEngine.skip : describeEngine)("pulling an image", () => {
  let open: Registry;
  let closed: Registry;
  openEngine();
  afterEach(removeWhatWasMade);
  beforeAll(async () => {
    [open, closed] = await Promise.all([
      startRegistry(sharedEngine(), { port: 5000 }),
      startRegistry(sharedEngine(), { port: 5001, login: true }),
    ]);
  });
  afterAll(() => Promise.all([open.remove(), closed.remove()]));

  async function pulled(reference: string): Promise<PullProgress[]> {
    const steps: PullProgress[] = [];
    for await (const step of engine.pull(reference, AbortSignal.timeout(15_000))) steps.push(step);
    return steps;
  }

  test("fetches it layer by layer, and again says that it is there", async () => {
    const reference = `${open.address}/team/big:two`;
    await docker("run", "--name", "big", box, "sh", "-c", "head -c 6000000 /dev/urandom >/blob");
    await docker("commit", "big", reference);
    await docker("push", reference);
    await docker("rm", "big");
    await docker("rmi", reference);
    expect(await engine.image(reference)).toBeUndefined();

    const steps = await pulled(reference);
    const last = steps.at(-1);
    expect(last).toMatchObject({ done: last?.layers.length, current: last?.total });
    expect(last?.total).toBeGreaterThan(6_000_000);
    expect(last?.status).toBe(`Status: Downloaded newer image for ${reference}`);
    expect(last?.digest).toMatch(/^sha256:/);
    const currents = steps.map(({ current }) => current);
    expect(currents).toEqual(currents.toSorted((a, b) => a - b));
    expect(await engine.image(reference)).toMatchObject({ RepoTags: [reference] });
    expect((await pulled(reference)).at(-1)?.status).toContain("Image is up to date");
    await docker("rmi", reference);
  });

  test("says why it cannot", async () => {
    const problem = (reference: string) => pulled(reference).then(() => undefined, explain);
    expect(await problem(`${closed.address}/secret`)).toMatchObject({
      message: expect.stringContaining("wants a login"),
      hint: expect.stringContaining(`docker pull ${closed.address}/secret`),
    });
    expect(await problem(`${open.address}/team/none:1`)).toMatchObject({ kind: "gone" });
    expect(await problem("127.0.0.1:5999/x")).toMatchObject({
      message: expect.stringContaining("connection refused"),
    });
    expect(await problem("Not An Image")).toMatchObject({
      message: expect.stringContaining("not the name of an image"),
    });
  });

  test("is ended by its signal", async () => {
    const leaving = new AbortController();
    leaving.abort();
    const steps = engine.pull(`${open.address}/team/none:1`, leaving.signal)[Symbol.asyncIterator]();
    const problem = await steps.next().catch(explain);
    expect(problem).toMatchObject({ kind: "cancelled" });
  });
});
