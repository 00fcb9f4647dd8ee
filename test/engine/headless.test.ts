import { execFileSync, spawn } from "node:child_process";
import { chmod, copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { removeAll, runContainer } from "./desk.ts";
import { describeEngine, sharedEngine } from "./engine-test.ts";
import { bundle, dockui } from "./program.ts";

function rowsOf(stdout: string): string[][] {
  return stdout
    .trimEnd()
    .split("\n")
    .map((line) => line.split(/ {2,}/));
}

type Usage = { id: string; title: string; count: number; active: number; size?: number };

/** Bytes as docker system df prints them: four digits, of go-units. */
function asDocker(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  const unit = bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3);
  return `${Number((bytes / 1000 ** unit).toPrecision(4))}${units[unit]}`;
}

/** The cells of a list, with one word for how long ago: between two runs a second passes. */
function withoutAges(stdout: string): string[][] {
  return rowsOf(stdout).map((row) => row.map((cell) => cell.replace(/^\d+[smhd]( ago)?$/, "age")));
}

describeEngine("dockui without a screen", () => {
  const engine = () => ["-H", sharedEngine().host];

  beforeAll(async () => {
    const { docker } = sharedEngine();
    const flags = ["-p", "8080:80", "--label", "tier=front"];
    await runContainer(sharedEngine(), "web", { flags });
    await docker("create", "--name", "never", "dockui-test/busybox");
    await docker("create", "--name", "escape", "--label", "evil=\u001b[2J", "dockui-test/busybox");
  });
  afterAll(() => removeAll(sharedEngine()));

  test("prints the containers for ps, as text", async () => {
    const { code, stdout, stderr } = await dockui([...engine(), "ps"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const [head = [], ...rows] = rowsOf(stdout);
    expect(head.slice(0, 2)).toEqual(["NAME", "STATE"]);
    expect(rows.map(([name]) => name)).toEqual(["escape", "never", "web"]);
    expect(rows[2]).toEqual(expect.arrayContaining(["● running", "8080→80", "dockui-test/busybox"]));
    expect(stdout).not.toContain("\u001b");
  });

  test("narrows them as find does", async () => {
    const { stdout } = await dockui([...engine(), "ps", "label:tier=front"]);
    expect(rowsOf(stdout).map(([name]) => name)).toEqual(["NAME", "web"]);
  });

  test("prints the same list where standard output is no terminal", async () => {
    const [plain, ps] = [await dockui(engine()), await dockui([...engine(), "ps"])];
    expect(plain).toMatchObject({ code: 0, stderr: "" });
    expect(withoutAges(plain.stdout)).toEqual(withoutAges(ps.stdout));
  });

  test("prints JSON that says what docker says", async () => {
    const { code, stdout } = await dockui([...engine(), "ps", "--json"]);
    expect(code).toBe(0);
    const containers = JSON.parse(stdout) as { id: string; name: string; state: string }[];
    const expected = await sharedEngine().docker(
      ...["ps", "-a", "--no-trunc", "--format", "{{.ID}} {{.Names}} {{.State}}"],
    );
    const lines = containers.map(({ id, name, state }) => `${id} ${name} ${state}`);
    expect(lines.sort()).toEqual(expected.trim().split("\n").sort());
    expect(stdout).not.toContain("\u001b");
  });

  test("prints the other lists too", async () => {
    const images = await dockui([...engine(), "images", "--json"]);
    const tags = (JSON.parse(images.stdout) as { tags: string[] }[]).flatMap((image) => image.tags);
    expect(tags.sort()).toEqual(["dockui-test/busybox:latest", "dockui-test/noshell:latest"]);
    const networks = await dockui([...engine(), "networks"]);
    expect(networks.stdout).toMatch(/^bridge +bridge/m);
  });

  test("df counts and measures what docker system df does, and the log files besides", async () => {
    const { docker } = sharedEngine();
    const noise = ["sh", "-c", "yes a line of a log | head -n 5000"];
    await runContainer(sharedEngine(), "noisy", { flags: ["-v", "/v", "-v", "data:/d"], command: noise });
    await docker("wait", "noisy");
    const ids = (await docker("ps", "-aq", "--no-trunc")).split("\n").filter(Boolean);
    const paths = (await docker("inspect", "--format", "{{.LogPath}}", ...ids)).split("\n").filter(Boolean);
    execFileSync("sync", paths); // a file system may give a file its blocks late
    const { code, stdout, stderr } = await dockui([...engine(), "df", "--json"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const { usage, root } = JSON.parse(stdout) as { usage: Usage[]; root: { path: string } };
    const told = await docker("system", "df", "--format", "{{.Type}}|{{.TotalCount}}|{{.Active}}|{{.Size}}");
    const rows = told
      .trim()
      .split("\n")
      .map((line) => line.split("|"));
    expect(rows).toHaveLength(4);
    for (const [type = "", total, active, size = ""] of rows) {
      const mine = usage.find(({ title }) => type.toLowerCase().endsWith(title.toLowerCase()));
      expect([mine?.count, mine?.active], type).toEqual([Number(total), Number(active)]);
      expect(asDocker(mine?.size ?? 0), type).toBe(size);
    }
    const du = execFileSync("du", ["-B1", "-c", ...paths], { encoding: "utf8" });
    const logs = usage.find(({ id }) => id === "log");
    expect(logs?.size).toBe(Number.parseInt(du.trim().split("\n").at(-1) ?? "", 10));
    expect(logs?.size).toBeGreaterThan(100_000);
    expect(root.path).toBe((await docker("info", "--format", "{{.DockerRootDir}}")).trim());
  });

  test("df as text has a line for each kind, and where the data is", async () => {
    const { code, stdout } = await dockui([...engine(), "df"]);
    expect(code).toBe(0);
    const rows = rowsOf(stdout).map(([kind]) => kind);
    const kinds = ["Images", "Containers", "Volumes", "Build cache", "Log files"];
    expect(rows.slice(0, -1)).toEqual(["KIND", ...kinds]);
    expect(rows.at(-1)).toMatch(/^Data root \/.* \(.*\): \S+ of \S+ free$/);
  });

  test.each([
    [["-H", "unix:///nonexistent.sock"], "dockui: There is no Docker socket at /nonexistent.sock.", 1],
    [["-H", "tcp://127.0.0.1:1"], "dockui: Nothing answers at tcp://127.0.0.1:1.", 1],
    [["-H", "ftp://somewhere"], 'dockui: Cannot connect to "ftp://somewhere".', 1],
    [["-c", "nobody"], 'dockui: There is no docker context named "nobody".', 1],
    [["--wrong"], "dockui: Unknown option '--wrong'", 2],
    [["imags"], 'dockui: There is no command "imags". Did you mean images?', 2],
  ] as const)("%j ends with a sentence, a hint and its code", async (args, sentence, ends) => {
    const { code, stdout, stderr } = await dockui([...args, "ps"]);
    expect({ code, stdout }).toEqual({ code: ends, stdout: "" });
    const [first, ...hint] = stderr.trimEnd().split("\n");
    expect(first).toContain(sentence);
    expect(hint).toHaveLength(1);
  });

  test("says so when the person may not open the socket", async () => {
    const folder = await mkdtemp(join(tmpdir(), "dockui-nobody-"));
    await chmod(folder, 0o755);
    await copyFile(bundle, join(folder, "dockui.js"));
    const { code, stderr } = await dockui([...engine(), "ps"], {
      script: join(folder, "dockui.js"),
      uid: 65534,
    });
    await rm(folder, { recursive: true });
    expect(code).toBe(1);
    expect(stderr).toContain(`dockui: You may not open the Docker socket ${sharedEngine().socketPath}.`);
    expect(stderr).toContain("usermod -aG docker");
  });

  test("ends quietly when its reader has gone", async () => {
    const script = `"$0" "$1" -H "$2" ps | head -n 1; echo done`;
    const child = spawn("sh", ["-c", script, process.execPath, bundle, sharedEngine().host]);
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
    expect(stdout).toMatch(/^NAME.*\ndone\n$/);
    expect(stderr).toBe("");
  });
});
