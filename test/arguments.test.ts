import { expect, test } from "vitest";
import { readArguments } from "../src/arguments/arguments.ts";
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
  ["web label:tier=1", screen(0, "web label:tier=1")],
  ["containers images", screen(0, "images")],
  ["ps", text("ps")],
  ["ps web db", text("ps", "web db")],
  ["df --json", text("df", "", true)],
  ["images nginx --json", text("images", "nginx", true)],
  ["--json", text("ps", "", true)],
  ["web --json", text("ps", "web", true)],
  ["containers web --json", text("ps", "web", true)],
  ["disk --json", text("df", "", true)],
  ["-H unix:///x -c prod --read-only", screen(0, "", { host: "unix:///x", context: "prod", readOnly: true })],
  ["--demo", screen(0, "", { demo: true })],
  ["--help ps", { kind: "help" }],
  ["-v", { kind: "version" }],
])("dockui %s", (line, wish) => {
  expect(readArguments(line.split(" ").filter(Boolean), 0)).toEqual(wish);
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
