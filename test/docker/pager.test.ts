import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { createPagers } from "../../src/docker/pager.ts";

let bin = "";
beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), "dockui-pager-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  bin = join(folder, "bin");
  mkdirSync(bin);
});

function program(name: string): string {
  const path = join(bin, name);
  writeFileSync(path, "#!/bin/sh\n");
  chmodSync(path, 0o755);
  return path;
}

const found = (env: Record<string, string | undefined>) =>
  createPagers({ env: { PATH: bin, ...env } } as unknown as NodeJS.Process, async () => {}).find();

test("less is the pager where none is named; where there is no less, that is said", () => {
  expect(found({})).toBe("There is no pager here: install less, or name one in PAGER.");
  program("less");
  expect(found({})).toMatchObject({ name: "less", coloured: true, prints: false });
  expect(found({ PAGER: "  " })).toMatchObject({ name: "less" });
});

test("what PAGER names is found as a shell would find it", () => {
  expect(found({ PAGER: "most -s" })).toBe("There is no most here, which PAGER names.");
  const path = program("my pager");
  expect(found({ PAGER: `'${path}' -x` })).toMatchObject({ name: "my pager", coloured: false });
  expect(found({ PAGER: "'my pager'" })).toMatchObject({ name: "my pager" });
  mkdirSync(join(bin, "folder"));
  expect(found({ PAGER: "folder" })).toBe("There is no folder here, which PAGER names.");
  writeFileSync(join(bin, "text"), "");
  expect(found({ PAGER: "text" })).toBe("There is no text here, which PAGER names.");
});

test.each(["less | cat", "less; reboot", "less $X", "less $(x)", "less 'open", "LESS > x"])(
  "%s is more than a program with arguments",
  (PAGER) => {
    program("less");
    expect(found({ PAGER })).toBe(`PAGER is more than a program and its arguments: ${PAGER}`);
  },
);

test.each([
  [{ PAGER: "less" }, true],
  [{ PAGER: "less", LESS: "FX" }, false],
  [{ PAGER: "less", LESS: "FRX" }, true],
  [{ PAGER: "less", LESS: "-i -R" }, true],
  [{ PAGER: "less -SR", LESS: "X" }, true],
  [{ PAGER: "less --RAW-CONTROL-CHARS", LESS: "" }, true],
  [{ PAGER: "most" }, false],
  [{ PAGER: "bat" }, true],
  [{ PAGER: "cat" }, true],
])("whether %j shows colours: %s", (env, coloured) => {
  for (const name of ["less", "most", "bat", "cat"]) program(name);
  expect(found(env)).toMatchObject({ coloured, prints: env.PAGER === "cat" });
});

test("the less of busybox is none that knows all options", () => {
  symlinkSync(program("busybox"), join(bin, "less"));
  expect(found({})).toMatchObject({ name: "less" });
});
