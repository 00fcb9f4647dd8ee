import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";
import { describeEngine, describeJournal, sharedEngine } from "./engine-test.ts";
import { startPrivateEngine } from "./private-engine.ts";
import { importImage } from "./test-images.ts";

describeEngine("the shared engine", () => {
  test("answers the docker command and has the test images", async () => {
    const { docker } = sharedEngine();
    const images = await docker("image", "ls", "--format", "{{.Repository}}");
    expect(images.trim().split("\n").sort()).toEqual(["dockui-test/busybox", "dockui-test/noshell"]);
  });

  test("runs a container with a shell, in a cgroup that this machine sees", async () => {
    const { docker } = sharedEngine();
    const id = (await docker("run", "-d", "dockui-test/busybox")).trim();
    expect(await docker("exec", id, "sh", "-c", "echo from inside")).toBe("from inside\n");
    const pid = (await docker("inspect", "-f", "{{.State.Pid}}", id)).trim();
    expect(readFileSync(`/proc/${pid}/cgroup`, "utf8")).toContain(id);
    await docker("rm", "-f", id);
  });

  test("runs a container without a shell", async () => {
    const { docker } = sharedEngine();
    const id = (await docker("run", "-d", "dockui-test/noshell")).trim();
    await expect(docker("exec", id, "sh")).rejects.toThrow(/executable file not found/);
    await docker("rm", "-f", id);
  });

  test("is told apart from a command that fails by what docker wrote", async () => {
    await expect(sharedEngine().docker("inspect", "nobody")).rejects.toThrow("No such object: nobody");
  });
});

describeEngine("a private engine", () => {
  test("keeps its containers over a restart and leaves nothing behind", async () => {
    const engine = await startPrivateEngine();
    await importImage(engine, "dockui-test/busybox");
    await engine.docker("run", "-d", "--name", "always", "--restart", "always", "dockui-test/busybox");
    await engine.docker("run", "-d", "--name", "once", "dockui-test/busybox");
    const first = engine.pid;
    await engine.stop();
    expect(existsSync(engine.socketPath)).toBe(false);
    await engine.start();
    expect(engine.pid).not.toBe(first);
    expect(await engine.docker("ps", "--format", "{{.Names}}")).toBe("always\n");
    await engine.remove();
    expect(tracesOf(engine.socketPath)).toEqual([]);
  });

  test("can live in a pid namespace of its own", async () => {
    const engine = await startPrivateEngine({ pidNamespace: true });
    await importImage(engine, "dockui-test/busybox");
    const id = (await engine.docker("run", "-d", "dockui-test/busybox")).trim();
    const pid = Number(await engine.docker("inspect", "-f", "{{.State.Pid}}", id));
    const seen = existsSync(`/proc/${pid}/cgroup`) ? readFileSync(`/proc/${pid}/cgroup`, "utf8") : "";
    expect(seen).not.toContain(id);
    await engine.remove();
    expect(tracesOf(engine.socketPath)).toEqual([]);
  });

  test("goes when the process that started it is killed", async () => {
    const module = join(import.meta.dirname, "private-engine.ts");
    const program = `import { startPrivateEngine } from ${JSON.stringify(module)};
      console.log((await startPrivateEngine()).socketPath);
      setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ["--input-type=module", "-e", program]);
    const [socketPath] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
    expect(tracesOf(socketPath)).not.toEqual([]);
    child.kill("SIGKILL");
    await expect.poll(() => tracesOf(socketPath)).toEqual([]);
  });
});

describeJournal("a private engine with a journal", () => {
  test("keeps what was logged over a restart, and leaves no journal behind", async () => {
    const engine = await startPrivateEngine({ journal: true });
    const journal = () => readFileSync(join(dirname(engine.socketPath), "journald"), "utf8").trim();
    await importImage(engine, "dockui-test/busybox");
    await engine.docker(
      "run",
      "--name",
      "kept",
      "--log-driver",
      "journald",
      "dockui-test/busybox",
      "echo",
      "hello",
    );
    const first = journal();
    expect(commandOf(first)).toContain("systemd-journald");
    await engine.restart();
    expect(commandOf(first)).toBe("");
    const second = journal();
    expect(commandOf(second)).toContain("systemd-journald");
    expect(await engine.docker("logs", "kept")).toBe("hello\n");
    await engine.remove();
    expect(commandOf(second)).toBe("");
    expect(tracesOf(engine.socketPath)).toEqual([]);
  });
});

/** Processes, mounts, cgroups and files that name the engine's folder. */
function tracesOf(socketPath: string): string[] {
  const name = dirname(socketPath).split("/").at(-1) ?? "";
  const processes = readdirSync("/proc").filter(
    (entry) => /^\d+$/.test(entry) && commandOf(entry).includes(name),
  );
  const mounts = readFileSync("/proc/mounts", "utf8")
    .split("\n")
    .filter((mount) => mount.includes(name));
  const folders = execFileSync("find", ["/sys/fs/cgroup", "/tmp", "-maxdepth", "3", "-name", `*${name}*`]);
  return [...processes, ...mounts, ...folders.toString().split("\n").filter(Boolean)];
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
}
