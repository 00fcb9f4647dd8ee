import { afterEach, expect, test } from "vitest";
import { openDockui } from "./dockui.ts";
import { closeAll, keys } from "./terminal.ts";

afterEach(closeAll);

/** Not a byte that a terminal without UTF-8 would take for something else. */
const ascii = /^[\x00-\x7f]*$/;

test.each([{ LC_ALL: "C" }, { LC_ALL: undefined, LC_CTYPE: undefined, LANG: undefined }])(
  "with %j all that is painted is ASCII",
  async (env) => {
    const terminal = openDockui(["--demo"], { env, columns: 120, rows: 30 });
    await terminal.sees("* live");
    await terminal.sees(/^>.*o exited/m);
    terminal.press("t");
    await terminal.sees("Statistics");
    terminal.press("q");
    await terminal.seesNot("Statistics");
    terminal.press("/shop-web-1");
    await terminal.sees("/ shop-web-1");
    terminal.press(keys.enter);
    await terminal.seesNot("Enter keep");
    terminal.press("d");
    await terminal.sees("Remove 1 container");
    await terminal.sees(/^={120}$/m);
    expect(terminal.raw()).toMatch(ascii);
  },
);

test("with a locale of UTF-8 the signs are what they are", async () => {
  const terminal = openDockui(["--demo"], { env: { LC_ALL: undefined, LANG: "en_US.utf8" } });
  await terminal.sees("● live");
});
