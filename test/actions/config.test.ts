import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readConfig, usualConfig } from "../../src/actions/config.ts";
import { loadConfig } from "../../src/config-file.ts";

describe("a config", () => {
  test("sets what it names and leaves the rest as usual", () => {
    expect(readConfig("")).toEqual(usualConfig);
    expect(readConfig("{}")).toEqual(usualConfig);
    expect(readConfig('{"logs":{"lines":100000}}').logs).toEqual({ lines: 100_000, bytes: 64 * 2 ** 20 });
    expect(readConfig('{"logs":{"size":"128MiB"}}').logs).toEqual({ lines: 50_000, bytes: 128 * 2 ** 20 });
    expect(readConfig('{"logs":{"lines":1000,"size":"1m"}}').logs).toEqual({ lines: 1_000, bytes: 2 ** 20 });
  });

  test.each([
    ['{"logs":{"lines":10}}', "logs.lines is 10; it must be a whole number from 1000 to 10000000"],
    ['{"logs":{"lines":"many"}}', 'logs.lines is "many"; it must be a whole number from 1000 to 10000000'],
    ['{"logs":{"size":64}}', 'logs.size is 64; it must be a size from "1MiB" to "4GiB"'],
    ['{"logs":{"size":"1TiB"}}', 'logs.size is "1TiB"; it must be a size from "1MiB" to "4GiB"'],
    ['{"log":{"lines":5000}}', "there is no setting log.lines; there are logs.lines, logs.size"],
    ['{"logs":5}', "there is no setting logs; there are logs.lines, logs.size"],
    ["[]", 'it must be an object such as {"logs":{"lines":100000}}'],
    ['{"__proto__":{"lines":5}}', "there is no setting __proto__.lines; there are logs.lines, logs.size"],
    ['{"constructor":5}', "there is no setting constructor; there are logs.lines, logs.size"],
  ])("%s will not do, and that is said", (text, message) => {
    expect(() => readConfig(text)).toThrow(message);
  });

  test("that is no JSON says so, without a word of it", () => {
    expect(() => readConfig('{"logs": lines}')).toThrow(/^it is not valid JSON(, see its character 1\d)?$/);
  });
});

describe("the config file", () => {
  let home = "";
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "dockui-config-"));
    mkdirSync(join(home, ".config/dockui"), { recursive: true });
  });
  afterEach(() => rmSync(home, { recursive: true }));
  const write = (text: string) => writeFileSync(join(home, ".config/dockui/config.json"), text);

  test("stands in the home folder, or where XDG_CONFIG_HOME says", () => {
    write('{"logs":{"lines":7000}}');
    expect(loadConfig({ HOME: home }).config.logs.lines).toBe(7_000);
    expect(loadConfig({ HOME: "/nowhere", XDG_CONFIG_HOME: join(home, ".config") }).config.logs.lines).toBe(
      7_000,
    );
  });

  test("need not be there", () => {
    expect(loadConfig({ HOME: join(home, "none") })).toEqual({ config: usualConfig });
  });

  test("is not used when it will not do, and that is said", () => {
    write('{"logs":{"lines":7}}');
    const { config, problem } = loadConfig({ HOME: home });
    expect(config).toEqual(usualConfig);
    expect(problem).toBe(
      `${home}/.config/dockui/config.json is not used: logs.lines is 7; it must be a whole number from 1000 to 10000000`,
    );
  });

  test("is not used when others can write it, and that is said", () => {
    write('{"logs":{"lines":7000}}');
    const path = join(home, ".config/dockui/config.json");
    chmodSync(path, 0o666);
    expect(loadConfig({ HOME: home })).toEqual({
      config: usualConfig,
      problem: `${path} is not used: ${path} can be written by others (chmod go-w ${path})`,
    });
  });

  test("is not used when it cannot be read, and that is said", () => {
    mkdirSync(join(home, ".config/dockui/config.json"));
    expect(loadConfig({ HOME: home })).toEqual({
      config: usualConfig,
      problem: `${home}/.config/dockui/config.json is not used: EISDIR: illegal operation on a directory, read`,
    });
  });
});
