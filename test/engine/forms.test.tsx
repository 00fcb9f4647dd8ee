import { afterEach, expect, test } from "vitest";
import { openRobot, type Robot } from "../screens/robot.tsx";
import { removeAll, runContainer } from "./desk.ts";
import { describeEngine, sharedEngine } from "./engine-test.ts";

const send = "\u0013"; // ctrl+s

describeEngine("a person at dockui over a real engine", () => {
  const engine = sharedEngine();
  const { docker } = engine;
  const inspect = async (name: string, format: string) =>
    (await docker("inspect", "-f", format, name)).trim();

  afterEach(async () => {
    await removeAll(engine);
    await docker("network", "prune", "-f");
  });

  async function open(name: string): Promise<Robot> {
    const robot = await openRobot({ socketPath: engine.socketPath, rows: 45 });
    await robot.sees("● live");
    await robot.sees(name);
    await robot.goTo(name);
    return robot;
  }

  test("renames, and is refused a taken name before the engine is asked", async () => {
    await runContainer(engine, "web", { command: ["sleep", "1000"] });
    await runContainer(engine, "db", { command: ["sleep", "1000"] });
    const robot = await open("web");
    await robot.press(":rename\r", "ctrl+u");
    await robot.type("db");
    await robot.sees(/✗ db is the name of [0-9a-f]{12}, which is running\./);
    await robot.type("2");
    await robot.press(send);
    await robot.sees("Renamed web. It is db2 now.");
    expect((await docker("ps", "--format", "{{.Names}}")).trim().split("\n").sort()).toEqual(["db", "db2"]);
  });

  test("changes limits while it runs, with what was before and is after", async () => {
    await runContainer(engine, "web", { flags: ["-m", "64m"], command: ["sleep", "1000"] });
    const robot = await open("web");
    await robot.press(":update\r");
    await robot.sees(/Memory +64m/);
    await robot.press("ctrl+u");
    await robot.type("128m");
    await robot.press("tab", "ctrl+u");
    await robot.type("256m");
    await robot.press("tab");
    await robot.type("0.5");
    await robot.press("tab");
    await robot.type("512");
    await robot.press("tab");
    await robot.type("0");
    await robot.press("tab");
    await robot.type("50");
    await robot.press("tab", "ctrl+u");
    await robot.type("on-failure:3");
    await robot.press(send);
    await robot.sees("Memory: 64m → 128m");
    const format =
      "{{.HostConfig.Memory}} {{.HostConfig.MemorySwap}} {{.HostConfig.NanoCpus}} {{.HostConfig.CpuShares}} {{.HostConfig.CpusetCpus}} {{.HostConfig.PidsLimit}} {{.HostConfig.RestartPolicy.Name}} {{.HostConfig.RestartPolicy.MaximumRetryCount}}";
    expect(await inspect("web", format)).toBe(
      `${128 * 1024 ** 2} ${256 * 1024 ** 2} 500000000 512 0 50 on-failure 3`,
    );
  });

  test("says what the kernel refuses, and changes nothing", async () => {
    await runContainer(engine, "web", {
      command: ["sh", "-c", "dd if=/dev/zero of=/dev/shm/x bs=1M count=40; sleep 1000"],
    });
    const robot = await open("web");
    await expect.poll(async () => docker("exec", "web", "ls", "/dev/shm")).toContain("x");
    await robot.press(":update\r");
    await robot.sees("▸ Memory");
    await robot.type("6m");
    await robot.press(send);
    await robot.sees(/1 failed: web: /);
    expect(await inspect("web", "{{.HostConfig.Memory}}")).toBe("0");
  });

  test("makes an image with author, message and what is changed in it", async () => {
    await runContainer(engine, "web", { command: ["sh", "-c", "echo hi > /made; sleep 1000"] });
    const robot = await open("web");
    await robot.press(":commit\r");
    for (const text of ["dockui-test/made:1", "Ada <ada@x>", "a file more", "'ENV MODE=prod'"]) {
      await robot.type(text);
      await robot.press("tab");
    }
    await robot.press(send);
    await robot.sees(/Committed web\. dockui-test\/made:1 is [0-9a-f]{12}\./);
    const image = await docker(
      "image",
      "inspect",
      "-f",
      "{{.Author}}|{{.Comment}}|{{.Config.Env}}",
      "dockui-test/made:1",
    );
    expect(image.trim()).toMatch(/^Ada <ada@x>\|a file more\|\[.*MODE=prod\]$/);
    expect(await docker("run", "--rm", "dockui-test/made:1", "cat", "/made")).toBe("hi\n");
    await docker("rmi", "dockui-test/made:1");
  });

  test("connects and disconnects networks, with an address of its own and a further name", async () => {
    await docker("network", "create", "--subnet", "10.71.0.0/24", "appnet");
    await runContainer(engine, "web", { command: ["sleep", "1000"] });
    const robot = await open("web");
    await robot.press(":connect\r");
    await robot.sees(/Network +‹ appnet {2}[0-9a-f]{12} ›/);
    await robot.press("tab");
    await robot.type("10.72.0.9");
    await robot.sees("✗ The network's addresses are 10.71.0.0/24.");
    await robot.press("ctrl+u");
    await robot.type("10.71.0.9");
    await robot.press("tab");
    await robot.type("site");
    await robot.press(send);
    await robot.sees("Connected web.");
    const networks =
      "{{range $name, $n := .NetworkSettings.Networks}}{{$name}} {{$n.IPAddress}} {{$n.Aliases}};{{end}}";
    expect(await inspect("web", networks)).toMatch(/appnet 10\.71\.0\.9 \[site [0-9a-f]{12}\];/);
    await robot.until(() => robot.session.busy.get().size === 0, "the row to be free again");
    await robot.press("enter");
    await robot.sees(/appnet +10\.71\.0\.9 .*also site/);
    await robot.press("esc", ":disconnect\r");
    await robot.sees(/‹ \S+ {2}[0-9a-f]{12} ›/);
    if (!robot.row("‹ ").includes("appnet")) await robot.press("right");
    await robot.press(send);
    await robot.sees("Disconnected web.");
    expect(await inspect("web", networks)).not.toContain("appnet");
  });

  test("runs a command inside as another user elsewhere, and keeps its words and code", async () => {
    await runContainer(engine, "web", { command: ["sleep", "1000"] });
    const robot = await open("web");
    await robot.press("E");
    await robot.type("sh -c 'id -u; pwd; echo $MODE; echo bad >&2; exit 7'");
    for (const text of ["1234", "/bin", "MODE=test"]) {
      await robot.press("tab");
      await robot.type(text);
    }
    await robot.press(send);
    await robot.sees("sh ended with exit code 7.");
    for (const line of [/^ 1234$/m, /^ \/bin$/m, /^ test$/m, /^!bad$/m]) await robot.sees(line);
    await robot.press("esc", "E");
    await robot.type("no-such-program");
    await robot.press(send);
    await robot.sees("There is no program no-such-program in this container.");
  });

  test("waits for the end, also of one that is removed with it, and tells the code", async () => {
    await runContainer(engine, "brief", { flags: ["--rm"], command: ["sh", "-c", "sleep 2; exit 5"] });
    const robot = await open("brief");
    await robot.press(":wait\r");
    await robot.sees(/Waited for brief\. Exit code 5: ended with an error of its own\./);
  });

  test("shows on one page what docker inspect says", async () => {
    const flags = [
      "-p",
      "18080:80",
      "-e",
      "API_TOKEN=s3cret",
      "-v",
      "dockui-data:/data:ro",
      "--memory",
      "64m",
    ];
    const health = [
      "--health-cmd",
      "echo probed; exit 1",
      "--health-interval",
      "1s",
      "--health-retries",
      "1",
    ];
    await runContainer(engine, "web", {
      flags: [...flags, ...health, "--restart", "always"],
      command: ["sh", "-c", "sleep 1000; true"],
    });
    const robot = await open("web");
    await robot.seesRow("web ", /unhealthy/);
    await robot.press("enter");
    await robot.sees(/Health +unhealthy, failed \d+ times? in a row/);
    await robot.sees(/exit 1 {2}probed/);
    const ip = await inspect("web", "{{.NetworkSettings.Networks.bridge.IPAddress}}");
    await robot.sees(`bridge  ${ip}`);
    await robot.sees(/80\/tcp ← (0\.0\.0\.0:18080|.*18080)/);
    await robot.sees("/data ← volume dockui-data, read-only");
    await robot.sees("API_TOKEN=••••••");
    await robot.sees("memory: 64MiB");
    await robot.sees("restart policy: always");
    await robot.sees("Process 1 is sh in front of the program");
    await robot.sees(`process ${await inspect("web", "{{.State.Pid}}")} on the host`);
  });

  test("reads the logs of several containers as one", async () => {
    for (const name of ["one", "two"])
      await runContainer(engine, name, {
        command: [
          "sh",
          "-c",
          `i=0; while [ $i -lt 5 ]; do i=$((i+1)); echo ${name} $i; sleep 0.2; done; sleep 1000`,
        ],
      });
    const robot = await open("one");
    await robot.press("*", "l");
    await robot.sees("Logs of 2 containers");
    await robot.sees(/^ one +one 5$/m);
    await robot.sees(/^ two +two 5$/m);
    const shown = robot.rows().flatMap((row) => (/^ (one|two) +\1 \d$/.test(row) ? [row.trim()] : []));
    expect(shown).toHaveLength(10);
  });
});
