import { expect, test } from "vitest";
import { readArguments } from "../src/arguments/arguments.ts";
import { cleanUsage, usage } from "../src/arguments/usage.ts";
import { ProblemError } from "../src/docker/errors.ts";

const none = { readOnly: false, demo: false };
const screen = (index: number, query = "", change: object = {}) => ({
  ...{ kind: "screen", screen: index, query },
  ...none,
  ...change,
});
const text = (list: string, query = "", json = false) => ({ kind: "list", list, query, json, ...none });

test.each([
  ["", screen(0)],
  ["images", screen(1)],
  ["disk", screen(4)],
  ["volumes data", screen(3, "data")],
  ["containers web label:tier=1", screen(0, "web label:tier=1")],
  ["label:tier=1 web", screen(0, "label:tier=1 web")],
  ["!backup", screen(0, "!backup")],
  ["containers images", screen(0, "images")],
  ["ps", text("ps")],
  ["ps web db", text("ps", "web db")],
  ["df --json", text("df", "", true)],
  ["images nginx --json", text("images", "nginx", true)],
  ["--json", text("ps", "", true)],
  ["name:web --json", text("ps", "name:web", true)],
  ["containers web --json", text("ps", "web", true)],
  ["disk --json", text("df", "", true)],
  ["-H unix:///x -c prod --read-only", screen(0, "", { host: "unix:///x", context: "prod", readOnly: true })],
  ["--demo", screen(0, "", { demo: true })],
  ["--help ps", { kind: "help", text: usage }],
  ["help", { kind: "help", text: usage }],
  ["clean --help", { kind: "help", text: cleanUsage }],
  ["help clean", { kind: "help", text: cleanUsage }],
  ["-v", { kind: "version" }],
  ["version", { kind: "version" }],
])("dockui %s", (line, wish) => {
  expect(readArguments(line.split(" ").filter(Boolean), 0)).toEqual(wish);
});

test.each([
  ["imags", " Did you mean images?"],
  ["image", " Did you mean images?"],
  ["cnotainers", " Did you mean containers?"],
  ["CONTAINERS", " Did you mean containers?"],
  ["disc", " Did you mean disk?"],
  ["claen", " Did you mean clean?"],
  ["halp", " Did you mean help?"],
  ["sp", " Did you mean ps?"],
  ["logs web", ""],
  ["web", ""],
  ["x", ""],
])("dockui %s is no query, and says what was meant", (line, suggestion) => {
  const words = line.split(" ");
  try {
    readArguments(words, 0);
    expect.unreachable();
  } catch (error) {
    expect((error as ProblemError).problem).toEqual({
      kind: "usage",
      message: `There is no command "${words[0]}".${suggestion}`,
      hint: `To find it: dockui ps ${line}, or on the screen with containers in place of ps.`,
    });
  }
});

test("the help fits a screen of 80×24, with the prompt below it", () => {
  for (const text of [usage, cleanUsage]) {
    const lines = text.trimEnd().split("\n");
    expect(lines.length).toBeLessThanOrEqual(23);
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
  }
});

test.each(["--nothing", "-H", "--demo=yes"])("dockui %s is refused with a hint", (line) => {
  try {
    readArguments([line], 0);
    expect.unreachable();
  } catch (error) {
    expect(error).toBeInstanceOf(ProblemError);
    expect((error as ProblemError).problem.hint).toBe("dockui --help lists what there is.");
  }
});
