import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { KeptEntry } from "../src/actions/journal-lines.ts";
import { unix } from "../src/docker/endpoint.ts";
import { journalFile } from "../src/journal-file.ts";

let home = "";
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "dockui-state-"));
});
afterEach(() => rmSync(home, { recursive: true }));

const open = (label = "/var/run/docker.sock", most?: number) =>
  journalFile({ XDG_STATE_HOME: home }, unix(label), most);
const entry = (key: string, command = "x"): KeptEntry => ({ key, at: 1, command, outcome: "done" });
const folder = () => join(home, "dockui");
const files = () => readdirSync(folder()).map((name) => join(folder(), name));

test("lines are kept in a file and a folder that nobody else may read, one for each address", () => {
  const one = open();
  one.write(entry("1"));
  one.write(entry("2", "docker run 'a\nb'"));
  open("/other.sock").write(entry("3"));
  expect(one.problem()).toBeUndefined();
  expect(open().read().slice(0, 2)).toEqual([entry("1"), entry("2", "docker run 'a\nb'")]);
  expect(open("/other.sock").read()).toContainEqual(entry("3"));
  expect(open().run).not.toBe(one.run);
  expect(statSync(folder()).mode & 0o777).toBe(0o700);
  expect(files()).toHaveLength(2);
  for (const file of files()) expect(statSync(file).mode & 0o777).toBe(0o600);
});

test("nothing is made before something is to be kept", () => {
  open();
  expect(readdirSync(home)).toEqual([]);
});

test("it does not grow without end, and the newest stay", () => {
  const keeper = open("/x.sock", 2_000);
  for (let at = 0; at < 500; at += 1) keeper.write(entry(`${at}`, "x".repeat(100)));
  const sizes = files().map((file) => statSync(file).size);
  expect(sizes.length).toBe(2);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(4_500);
  const keys = keeper.read().flatMap((line) => (line as Partial<KeptEntry>).key ?? []);
  expect(keys).toEqual(Array.from({ length: keys.length }, (_, at) => `${500 - keys.length + at}`));
});

test("a line that was cut short is left out, and the next one stands for itself", () => {
  const keeper = open();
  keeper.write(entry("1"));
  const [file = ""] = files();
  writeFileSync(file, `${readFileSync(file, "utf8")}{"key":"2","at`);
  expect(keeper.read().filter(Boolean)).toEqual([entry("1")]);
  keeper.write(entry("3"));
  expect(keeper.read()).toContainEqual(entry("3"));
});

test("a folder or a file that others may change or read is not used, nor a link", () => {
  const keeper = open();
  mkdirSync(folder(), { mode: 0o700 });
  chmodSync(folder(), 0o755);
  keeper.write(entry("1"));
  expect(keeper.problem()).toBe(`${folder()} is open to others (chmod 700 ${folder()})`);
  expect(files()).toEqual([]);
  chmodSync(folder(), 0o700);
  keeper.write(entry("1"));
  expect(keeper.problem()).toBeUndefined();
  const [file = ""] = files();
  chmodSync(file, 0o644);
  expect(keeper.read()).toEqual([]);
  expect(keeper.problem()).toBe(`${file} is no private file of yours`);
  const target = join(home, "target");
  writeFileSync(target, "", { mode: 0o600 });
  rmSync(file);
  symlinkSync(target, file);
  keeper.write(entry("2"));
  expect(keeper.problem()).toMatch(/ELOOP/);
  expect(readFileSync(target, "utf8")).toBe("");
});
