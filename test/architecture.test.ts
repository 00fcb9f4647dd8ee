import { spawnSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { build } from "esbuild";
import { expect, test } from "vitest";

const files = globSync("src/**/*.{ts,tsx}").sort();
const textOf = (file: string) => readFileSync(file, "utf8");

/** "docker" for src/docker/gate.ts, "app" for src/app.tsx. */
function partOf(file: string): string {
  return (
    relative("src", file)
      .replace(/\.tsx?$/, "")
      .split("/")[0] ?? ""
  );
}

/** Everything a file imports, as written: for types and for values, at once and later. */
function importsOf(file: string): string[] {
  const found = textOf(file).matchAll(/(?:\bfrom|\bimport)\s*\(?\s*"([^"]+)"/g);
  return [...found].map(([, name]) => name ?? "");
}

/** From where a part may import, beside itself; `process` is whoever starts the program. */
const below: Readonly<Record<string, readonly string[]>> = {
  format: [],
  docker: ["format"],
  actions: ["docker", "format"],
  hooks: ["actions", "docker", "format"],
  ui: ["hooks", "actions", "format"],
  screens: ["ui", "hooks", "actions", "docker", "format"],
  app: ["screens", "ui", "hooks", "actions", "docker"],
  headless: ["screens", "hooks", "actions", "docker", "format"],
  "config-file": ["actions", "docker"],
  "journal-file": ["actions", "docker"],
  "open-session": ["config-file", "journal-file", "actions", "docker"],
  "run-screen": ["open-session", "app", "ui", "hooks", "actions", "docker"],
  arguments: ["actions", "docker", "format"],
  demo: [],
  cli: ["run-screen", "open-session", "headless", "arguments", "demo", "docker", "format"],
};

test.each(files)("%s imports only what lies below it", (file) => {
  const allowed = [partOf(file), ...(below[partOf(file)] ?? [])];
  const parts = importsOf(file)
    .filter((name) => name.startsWith("."))
    .map((name) => partOf(join(dirname(file), name)));
  expect(parts.filter((part) => !allowed.includes(part))).toEqual([]);
});

const packages = (file: string) => importsOf(file).filter((name) => !name.startsWith("."));

test("only src/docker knows dockerode, and it knows no React", () => {
  for (const file of files) {
    if (partOf(file) !== "docker") expect(packages(file), file).not.toContain("dockerode");
    else
      expect(
        packages(file).filter((name) => /^(react|ink)/.test(name)),
        file,
      ).toEqual([]);
  }
});

test("formats and actions know neither React nor the process", () => {
  for (const file of files.filter((name) => ["format", "actions"].includes(partOf(name))))
    expect(
      packages(file).filter((name) => /^(react|ink|node:)/.test(name)),
      file,
    ).toEqual([]);
});

test("no state lives in a module", () => {
  const holders = files.filter((file) => /^(export )?(let|var) /m.test(textOf(file)));
  expect(holders).toEqual([]);
});

test("no limit of time hangs on AbortSignal.timeout, which Node 20 forgets within AbortSignal.any", () => {
  const users = files.filter((file) => /AbortSignal\.timeout/.test(textOf(file)));
  expect(users).toEqual([]);
});

test("no file is longer than 200 lines", () => {
  const long = [...files, ...globSync("scripts/*.ts")].filter(
    (file) => textOf(file).split("\n").length > 201,
  );
  expect(long).toEqual([]);
});

test("everything exported says what it is", () => {
  const silent = files.flatMap((file) => {
    const lines = textOf(file).split("\n");
    return lines.flatMap((line, index) => {
      const name = /^export (?:async )?(?:function\*?|const|type|class) (\w+)/.exec(line)?.[1];
      const before = lines[index - 1] ?? "";
      const said = before.endsWith("*/") || before.startsWith(`export function ${name}`);
      return name === undefined || said ? [] : [`${file}: ${name}`];
    });
  });
  expect(silent).toEqual([]);
});

test("importing a module does nothing", async () => {
  const entries = files.filter((file) => !["cli"].includes(partOf(file)));
  const { outputFiles } = await build({
    stdin: { contents: entries.map((file) => `import "./${file}";`).join("\n"), resolveDir: "." },
    ...{
      bundle: true,
      write: false,
      format: "esm",
      platform: "node",
      packages: "external",
      jsx: "automatic",
    },
    define: { "process.env.NODE_ENV": '"production"' },
    ignoreAnnotations: true,
    treeShaking: false,
  });
  const child = spawnSync(process.execPath, ["--input-type=module", "-"], {
    input: outputFiles[0]?.text ?? "",
    encoding: "utf8",
    timeout: 15_000,
  });
  expect({ status: child.status, stdout: child.stdout, stderr: child.stderr }).toEqual({
    status: 0,
    stdout: "",
    stderr: "",
  });
});
