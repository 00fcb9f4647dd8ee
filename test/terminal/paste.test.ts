import { afterEach, expect, test } from "vitest";
import { removeAll } from "../engine/desk.ts";
import { describeEngine, sharedEngine } from "../engine/engine-test.ts";
import { openDockui } from "./dockui.ts";
import { closeAll } from "./terminal.ts";

describeEngine("what is pasted where the terminal marks no paste", () => {
  afterEach(async () => {
    await closeAll();
    await removeAll(sharedEngine());
  });

  const state = async (name: string) =>
    (await sharedEngine().docker("inspect", "--format", "{{.State.Status}}", name)).trim();

  test.each([8, 3])(
    "starts nothing, in pieces of %i bytes, and what is typed after it does",
    async (size) => {
      await sharedEngine().docker("create", "--name", "box", "dockui-test/busybox");
      const terminal = openDockui();
      await terminal.sees(/^▌.*box +○ created/m);
      const text = "sudo docker inspect deploy job-ok";
      for (let at = 0; at < text.length; at += size) terminal.press(text.slice(at, at + size));
      await terminal.sees("Pasted text does nothing here: / and + take it.");
      expect(await state("box")).toBe("created");
      const isHeard = () => {
        terminal.press("?");
        return terminal.screen();
      };
      await expect.poll(isHeard, { interval: 250, timeout: 20_000 }).toContain("Keys here");
      terminal.press("q");
      await terminal.sees(/^▌.*box +○ created/m);
      terminal.press("s");
      await terminal.sees(/^▌.*box +● running/m);
    },
  );
});
