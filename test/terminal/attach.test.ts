import { afterEach, expect, test } from "vitest";
import { removeAll, runContainer } from "../engine/desk.ts";
import { describeEngine, sharedEngine } from "../engine/engine-test.ts";
import { expectTaken, openDockui } from "./dockui.ts";
import { closeAll, keys, type Terminal } from "./terminal.ts";

const detach = "\u0010\u0011"; // ctrl+p ctrl+q

async function attached(
  name: string,
  flags: readonly string[],
  command: readonly string[],
): Promise<Terminal> {
  await runContainer(sharedEngine(), name, { flags, command });
  const terminal = openDockui();
  await terminal.sees(new RegExp(`${name} +● running`));
  terminal.press("A");
  await terminal.sees(`dockui: the main process of ${name}; ctrl+p ctrl+q comes back`);
  return terminal;
}

const stateOf = async (name: string) =>
  (await sharedEngine().docker("inspect", "-f", "{{.State.Status}}", name)).trim();

describeEngine("attaching in the terminal", () => {
  afterEach(async () => {
    await closeAll();
    await removeAll(sharedEngine());
  });

  test("types into the main process of one with a terminal, and leaves it running", async () => {
    const terminal = await attached("box", ["-it"], ["sh"]);
    terminal.press("echo att''ached\r");
    await terminal.sees(/^attached$/m);
    terminal.press(detach);
    await terminal.sees("Detached from box: it runs on.");
    await terminal.sees(/box +● running/);
    expectTaken(terminal);
    expect(await stateOf("box")).toBe("running");
    terminal.press("A");
    await terminal.sees("the main process of box");
    terminal.press("echo a''gain\r");
    await terminal.sees(/^again$/m);
    terminal.press("exit 3\r");
    await terminal.sees("box ended: 3: ended with an error of its own.");
    await terminal.sees(/box +○ exited \(3\)/);
  });

  test("only watches one without input, and says so; leaving does not end it", async () => {
    const terminal = await attached("loop", [], ["sh", "-c", "while true; do echo tick; sleep 1; done"]);
    await terminal.sees("dockui: keys do not arrive. It was created without -i: it has no input.");
    await terminal.sees(/^tick$/m);
    terminal.press(detach);
    await terminal.sees("Detached from loop: it runs on.");
    expect(await stateOf("loop")).toBe("running");
  });

  test("comes back by itself when the container is stopped meanwhile", async () => {
    const terminal = await attached("brief", ["-it", "--stop-timeout", "1"], ["sh"]);
    terminal.press("echo he''re\r");
    await terminal.sees(/^here$/m);
    await sharedEngine().docker("stop", "brief");
    await terminal.sees(/brief ended: 137: killed/);
    await terminal.sees(/brief +○ exited \(137\)/);
    terminal.press("q");
    expect(await terminal.exited).toEqual({ code: 0 });
  });

  test("does not keep the container alive or end it when dockui is ended", async () => {
    const terminal = await attached("box", ["-it"], ["sh"]);
    terminal.press("echo he''re\r");
    await terminal.sees(/^here$/m);
    terminal.kill("SIGTERM");
    await terminal.exited;
    expect(await stateOf("box")).toBe("running");
  });

  test("ctrl+c goes to the main process as in docker attach", async () => {
    const terminal = await attached(
      "box",
      ["-it"],
      ["sh", "-c", "trap 'echo got int' INT; while true; do sleep 0.1; done"],
    );
    terminal.press(keys.ctrlC);
    await terminal.sees("got int");
    terminal.press(detach);
    await terminal.sees("Detached from box: it runs on.");
  });
});
