import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { removeAll, runContainer } from "../engine/desk.ts";
import { describeEngine, sharedEngine } from "../engine/engine-test.ts";
import { closeProxies, openProxy } from "../engine/proxy.ts";
import { cellOf, openDockui } from "./dockui.ts";
import { closeAll, keys } from "./terminal.ts";

describeEngine("dockui in a terminal", () => {
  beforeAll(async () => {
    const count = 'i=0; while :; do i=$((i + 1)); echo "count $i"; sleep 0.1; done';
    await runContainer(sharedEngine(), "counter", { command: ["sh", "-c", count] });
    await runContainer(sharedEngine(), "web", { flags: ["--label", "tier=front"] });
    const more = Array.from({ length: 8 }, (_, at) => runContainer(sharedEngine(), `more-${at}`));
    await Promise.all(more);
  });
  afterEach(async () => {
    await closeAll();
    await closeProxies();
  });
  afterAll(() => removeAll(sharedEngine()));

  test("shows the containers, and what becomes of them", async () => {
    const { docker } = sharedEngine();
    const terminal = openDockui();
    await terminal.sees("● live");
    await terminal.sees(/counter +● running/);
    await terminal.sees(/web +● running .*dockui-test\/bus/);
    await terminal.sees(/engine \d+\.\d+.*10 running/);
    await docker("pause", "web");
    await terminal.sees(/web +◐ paused/);
    await docker("unpause", "web");
    await terminal.sees(/web +● running/);
    terminal.press("q");
    expect(await terminal.exited).toEqual({ code: 0 });
  });

  test("finds them by label", async () => {
    const terminal = openDockui();
    await terminal.sees("counter");
    terminal.press("/label:tier=front");
    await terminal.seesNot("counter");
    terminal.press(keys.enter);
    await terminal.sees("1/10");
    await terminal.sees("web");
    terminal.press(keys.esc);
    await terminal.sees("counter");
  });

  test("opens already narrowed to a query from the command line", async () => {
    const terminal = openDockui(["-H", sharedEngine().host, "containers", "name:web"]);
    await terminal.sees("1/10");
    await terminal.sees("web");
    expect(terminal.screen()).not.toContain("counter");
  });

  test("follows a log", async () => {
    const terminal = openDockui();
    await terminal.sees(/counter +● running/);
    terminal.press("l");
    await terminal.sees("Logs counter  following");
    const latest = () =>
      Math.max(...[...terminal.screen().matchAll(/count (\d+)/g)].map(([, n]) => Number(n)));
    await terminal.sees(/count \d+/);
    const first = latest();
    await terminal.sees(new RegExp(`count ${first + 5}\\b`));
    terminal.press(keys.esc);
    await terminal.sees(/web +● running/);
  });

  test("keeps still while nothing happens: few bytes, and no request", async () => {
    const proxy = await openProxy(sharedEngine().socketPath);
    await sharedEngine().docker("pause", "counter");
    const terminal = openDockui(["-H", proxy.host]);
    await terminal.sees(/more-7 +● running .*0\.\d%/);
    const [bytes, requests] = [terminal.bytes(), proxy.asked().length];
    await new Promise((resolve) => setTimeout(resolve, 5000));
    expect(terminal.bytes() - bytes).toBeLessThan(5 * 1500);
    expect(proxy.asked().slice(requests)).toEqual([]);
    const streams = () => proxy.connections().filter((request) => request.includes("/events"));
    await expect.poll(streams).toHaveLength(1);
    // Beside it at most one kept connection for calls.
    await expect.poll(() => proxy.connections().length).toBeLessThanOrEqual(2);
    await sharedEngine().docker("unpause", "counter");
  });

  test("takes 200 keys at once", async () => {
    const terminal = openDockui();
    await terminal.sees(/web +● running/);
    terminal.press("j".repeat(100) + "k".repeat(95) + "j".repeat(5));
    const selected = () => ["counter", "more-7", "web"].filter((name) => cellOf(terminal, name).inverse);
    // 100 times down ends on the last of 10 rows, 95 times up on the first, 5 down on the sixth.
    await expect.poll(() => cellOf(terminal, "more-4").inverse).toBe(true);
    expect(selected()).toEqual([]);
  });

  test("looks for pasted text", async () => {
    const terminal = openDockui();
    await terminal.sees(/counter +● running/);
    terminal.paste("dy");
    terminal.paste("q\r");
    await terminal.sees("/ dyq");
    expect(terminal.screen()).not.toMatch(/Remove/);
    expect(await sharedEngine().docker("ps", "-q", "--filter", "name=counter")).not.toBe("");
    terminal.press(keys.esc);
    await terminal.seesNot("/ dyq");
    terminal.paste("web");
    await terminal.sees("1/10");
  });

  test("removes what is confirmed, and nothing on another answer", async () => {
    const { docker } = sharedEngine();
    await docker("create", "--name", "aaa", "dockui-test/busybox");
    const terminal = openDockui();
    await terminal.sees(/aaa +○ created/);
    terminal.press("d");
    await terminal.sees(/Remove 1 container on \S+\?/);
    terminal.press(keys.enter);
    terminal.press("n");
    await terminal.seesNot(/Remove 1 container/);
    expect(await docker("ps", "-aq", "--filter", "name=aaa")).not.toBe("");
    terminal.press("d");
    await terminal.sees(/Remove 1 container/);
    terminal.press("y");
    await terminal.sees("Removed aaa.");
    expect(await docker("ps", "-aq", "--filter", "name=aaa")).toBe("");
    await terminal.seesNot(/aaa +○ created/);
  });

  test("fits the terminal at every size", async () => {
    const terminal = openDockui();
    await terminal.sees(/web +● running/);
    /** The whole screen at a new size: every row of the list where it belongs. */
    const fits = async (columns: number, rows: number) => {
      terminal.resize(columns, rows);
      const lines = () => terminal.screen().split("\n");
      const shown = Math.min(10, rows - 5);
      const names = ["counter", ...Array.from({ length: 8 }, (_, at) => `more-${at}`), "web"].slice(0, shown);
      await expect
        .poll(() => [
          /^ dockui /.test(terminal.row(0)),
          /help$/.test(terminal.row(rows - 1)),
          terminal.row(rows - 2),
          ...lines()
            .slice(3, 3 + shown)
            .map((line) => /^.. (\S+) +● running/.exec(line)?.[1]),
        ])
        .toEqual([true, true, "─".repeat(columns), ...names]);
    };
    await fits(160, 45);
    await fits(40, 10);
    await fits(80, 40);
    await fits(80, 12);
    terminal.resize(20, 5);
    await terminal.sees("dockui needs 40×10");
    await terminal.seesNot("counter");
    await fits(80, 24);
    await fits(79, 24);
    await fits(79, 23);
  });

  test("prints a plain list on a dumb terminal", async () => {
    const terminal = openDockui(undefined, { env: { TERM: "dumb" } });
    expect(await terminal.exited).toEqual({ code: 0 });
    expect(terminal.raw()).toMatch(/^NAME +STATE/);
    expect(terminal.raw()).toMatch(/web +● running/);
    expect(terminal.raw()).not.toContain("\u001b");
  });

  test("has no colours where they are not wanted", async () => {
    const terminal = openDockui(undefined, { env: { NO_COLOR: "1" } });
    await terminal.sees(/web +● running/);
    await terminal.settles();
    terminal.press("j");
    await expect.poll(() => cellOf(terminal, "more-0").inverse).toBe(true);
    const codes = [...terminal.raw().matchAll(/\u001b\[([\d;]*)m/g)].flatMap(([, code = ""]) =>
      code.split(";"),
    );
    const weights = ["", "0", "1", "2", "4", "7", "22", "24", "27"];
    expect(codes.filter((code) => !weights.includes(code))).toEqual([]);
  });
});
