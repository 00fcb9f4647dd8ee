import { stat } from "node:fs/promises";
import { afterEach, expect, test } from "vitest";
import { openRobot } from "../screens/robot.tsx";
import { removeAll, runContainer } from "./desk.ts";
import { describeEngine, sharedEngine } from "./engine-test.ts";

describeEngine("the log files of a real engine on the screen", () => {
  const engine = sharedEngine();
  const { docker } = engine;
  afterEach(() => removeAll(engine));

  const talker = (lines: number) => ["sh", "-c", `seq 1 ${lines}; sleep 100000`];
  const eventually = (ask: () => Promise<string>) => expect.poll(ask);
  const lastLine = async (name: string) => (await docker("logs", "--tail", "1", name)).trim();

  test("the largest stands first; a stopped container's log is truncated and can be read again", async () => {
    await runContainer(engine, "large", { command: talker(9000) });
    const flags = ["--log-opt", "max-size=10k", "--log-opt", "max-file=3"];
    await runContainer(engine, "small", { command: talker(3000), flags });
    await eventually(() => lastLine("large")).toBe("9000");
    await eventually(() => lastLine("small")).toBe("3000");
    await docker("kill", "large");
    const path = (await docker("inspect", "-f", "{{.LogPath}}", "large")).trim();
    const before = (await stat(path)).size;

    const robot = await openRobot({ socketPath: engine.socketPath, columns: 160 });
    await robot.sees("● live");
    await robot.press(":log files\r");
    await robot.sees(/Log files: \d+(\.\d+)?kB together · 1 without rotation/);
    await robot.seesRow("large", /○ exited +\d+(\.\d+)?kB +1 +none +json-file/);
    await robot.seesRow("small", /● running +\d+(\.\d+)?kB +3 +10k × 3 +json-file/);
    expect(robot.held()).toContain("large");
    await robot.press("T");
    await robot.sees("docker logs forgets everything up to now. It cannot be undone.");
    await robot.sees(`B  ${path.slice(0, 60)}`);
    await robot.sees("$ truncate -s 0 ");
    expect((await stat(path)).size).toBe(before);
    await robot.press("y");
    await robot.sees(/Truncated large, \d+(\.\d+)?kB freed\./);
    await robot.seesRow("large", /○ exited +0B +1 +none/);
    expect((await stat(path)).size).toBe(0);
    expect(await docker("logs", "large")).toBe("");

    await docker("start", "large");
    await eventually(() => lastLine("large")).toBe("9000");
    await robot.seesRow("large", /● running/);
    await robot.goTo("large");
    await robot.press("enter");
    await robot.sees("Logs large");
    await robot.sees(/^ *9000$/m);
  });
});
