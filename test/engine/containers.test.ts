import { afterEach, beforeAll, expect, test } from "vitest";
import type { Container, Port } from "../../src/docker/containers.ts";
import { unix } from "../../src/docker/endpoint.ts";
import { createEngine, type Engine } from "../../src/docker/engine.ts";
import { removeAll, runContainer } from "./desk.ts";
import { describeEngine, sharedEngine } from "./engine-test.ts";

/** A line of `docker ps --format json`, as far as it is compared. */
type Listed = { ID: string; Names: string; State: string; Status: string; Ports: string; Image: string };

async function listed(): Promise<Listed[]> {
  const text = await sharedEngine().docker("ps", "-a", "--no-trunc", "--format", "{{json .}}");
  return text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Listed);
}

/** Ports as `docker ps` writes them, without the IPv6 twins. */
function portsOf(text: string): string[] {
  const single = text.split(", ").filter((port) => port !== "" && !/^(\[::\]|::):/.test(port));
  return single.map((port) => port.replace(/^0\.0\.0\.0:/, "")).sort();
}

function portText({ ip, public: outer, private: inner, protocol }: Port): string {
  return `${ip ? `${ip}:` : ""}${outer ? `${outer}->` : ""}${inner}/${protocol}`;
}

/** What `docker ps` says in the words of its status column. */
function statusOf({ state, exitCode, health }: Container): string {
  if (state === "created") return "Created";
  if (state === "exited") return `Exited (${exitCode})`;
  const note = health === undefined ? "" : health === "starting" ? " (health: starting)" : ` (${health})`;
  return `Up${note}${state === "paused" ? " (Paused)" : ""}`;
}

describeEngine("the list of containers", () => {
  let engine: Engine;

  beforeAll(async () => {
    engine = createEngine(unix(sharedEngine().socketPath), { readOnly: false, now: Date.now });
    await engine.connect(new AbortController().signal);
    return () => engine.close();
  });
  afterEach(() => removeAll(sharedEngine()));

  async function health(name: string, command: string, ...more: string[]) {
    const flags = ["--health-cmd", command, "--health-retries", "1", ...more];
    await runContainer(sharedEngine(), name, { flags });
  }

  test("equals that of docker ps: names, ids, states, exit codes, health, ports", async () => {
    const { docker } = sharedEngine();
    await runContainer(sharedEngine(), "web", {
      flags: ["-p", "8080:80", "-p", "127.0.0.1:5353:53/udp", "--expose", "99"],
    });
    await health("fine", "true", "--health-interval", "100ms");
    await health("sick", "false", "--health-interval", "100ms");
    await health("new", "true", "--health-interval", "1h");
    await runContainer(sharedEngine(), "failed", { command: ["sh", "-c", "exit 3"] });
    await runContainer(sharedEngine(), "frozen");
    await docker("pause", "frozen");
    await docker("create", "--name", "never", "dockui-test/busybox");
    await expect
      .poll(async () => (await listed()).map(({ Status }) => Status).join())
      .toMatch(/^(?=.*\(healthy\))(?=.*\(unhealthy\))(?=.*Exited \(3\))/);

    const expected = await listed();
    const containers = await engine.containers();
    const short = containers.map((container) => ({
      id: container.id,
      name: container.name,
      image: container.image,
      state: container.state,
      ports: container.ports.map(portText).sort(),
      status: statusOf(container),
    }));
    expect(short).toEqual(
      expected.map((line) => ({
        id: line.ID,
        name: line.Names,
        image: line.Image,
        state: line.State,
        ports: portsOf(line.Ports),
        status: line.Status.replace(/^(Up|Exited \(\d+\)) .*?( \(.*)?( ago)?$/, "$1$2"),
      })),
    );
    expect(containers.map(({ name }) => name).sort()).toEqual([
      "failed",
      "fine",
      "frozen",
      "never",
      "new",
      "sick",
      "web",
    ]);
    expect(containers.find(({ name }) => name === "web")?.ports).toHaveLength(3);
  });

  test("holds those of the asked ids that exist", async () => {
    const first = await runContainer(sharedEngine(), "first");
    await runContainer(sharedEngine(), "second");
    const third = await runContainer(sharedEngine(), "third", { command: ["true"] });
    const found = await engine.containers({ ids: [first, third, "f".repeat(64)] });
    expect(found.map(({ name }) => name).sort()).toEqual(["first", "third"]);
  });

  test("has the sizes that docker ps -s has, when they are asked for", async () => {
    const { docker } = sharedEngine();
    const write = "head -c 123456 /dev/zero > /big; sync; sleep 100000";
    await runContainer(sharedEngine(), "writer", { command: ["sh", "-c", write] });
    await runContainer(sharedEngine(), "idle");
    await expect.poll(() => docker("exec", "writer", "wc", "-c", "/big")).toMatch(/123456/);
    const sized = await engine.containers({ sizes: true });
    const sizes = Object.fromEntries(sized.map(({ name, size }) => [name, size]));
    expect(sizes.writer).toBe(Number(await docker("inspect", "-s", "-f", "{{.SizeRw}}", "writer")));
    expect(sizes).toEqual({ writer: 123456, idle: 0 });
    expect(await docker("ps", "-s", "--format", "{{.Names}} {{.Size}}")).toMatch(/^writer 123kB /m);
    expect((await engine.containers()).map(({ size }) => size)).toEqual([undefined, undefined]);
  });
});
