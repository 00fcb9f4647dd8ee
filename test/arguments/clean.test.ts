import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { firstRules } from "../../src/actions/clean-up/rules.ts";
import { readArguments } from "../../src/arguments/arguments.ts";
import { cleanUsage, usage } from "../../src/arguments/usage.ts";
import { ProblemError } from "../../src/docker/errors.ts";

const now = Date.parse("2026-11-21T12:00:00Z");

function problemOf(words: readonly string[]) {
  try {
    readArguments(words, now);
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
  }
  throw new Error(`dockui ${words.join(" ")} is taken`);
}

const clean = (rules: object = {}, change: object = {}) => ({
  ...{ kind: "clean", yes: false, json: false, readOnly: false, demo: false },
  rules: { ...firstRules, ...rules },
  ...change,
});

test.each([
  ["", clean()],
  ["--plan", clean()],
  ["--plan --json --read-only", clean({}, { json: true, readOnly: true })],
  ["--yes -H unix:///x", clean({}, { yes: true, host: "unix:///x" })],
  ["--kind images", clean({ kinds: ["image"] })],
  ["--kind cache,container --kind volumes", clean({ kinds: ["container", "volume", "cache"] })],
  ["--kind build-cache,images,images", clean({ kinds: ["image", "cache"] })],
  ["--until 24h", clean({ until: "24h" })],
  ["--until 1h30m", clean({ until: "1h30m" })],
  ["--until 2026-11-20", clean({ until: "2026-11-20" })],
  ["--until 2026-11-20T10:00:00+02:00", clean({ until: "2026-11-20T10:00:00+02:00" })],
  ["--until 1795000000", clean({ until: "1795000000" })],
  ["--label a --label a=b --label !c --label !c=d=e", clean({ labels: ["a", "a=b", "!c", "!c=d=e"] })],
  ["--images all --volumes all", clean({ images: "all", volumes: "all" })],
  ["--images dangling --volumes none", clean({ volumes: "none" })],
])("dockui clean %s", (line, wish) => {
  expect(readArguments(["clean", ...line.split(" ").filter(Boolean)], now)).toEqual(wish);
});

test("without a word volumes are the anonymous ones, and images those without a name", () => {
  expect(readArguments(["clean", "--yes"], now)).toMatchObject({
    rules: { images: "dangling", volumes: "anonymous" },
  });
});

test.each([
  [["web"], 'dockui clean does not know "web".'],
  [["--yes", "--plan"], "--plan only shows, --yes removes: give one of them."],
  [["--yes", "--read-only"], "--read-only keeps --yes from removing anything: give one of them."],
  [["--kind", ""], '--kind "": there is no such kind.'],
  [["--kind", "images,"], '--kind "": there is no such kind.'],
  [["--kind", "pods"], '--kind "pods": there is no such kind.'],
  [["--kind", "build-images"], '--kind "build-images": there is no such kind.'],
  [["--until", ""], '--until "" is not understood.'],
  [["--until", " "], '--until " " is not understood.'],
  [["--until", "yesterday"], '--until "yesterday" is not understood.'],
  [["--until", "2026-02-30"], '--until "2026-02-30" is not understood.'],
  [["--until", "24"], '--until "24" is in 1970: nothing is older than that.'],
  [["--until", "9999w"], '--until "9999w" is in 1835: nothing is older than that.'],
  [["--until", "2026-11-22"], '--until "2026-11-22" lies in the future: everything is older than that.'],
  [["--until", "1h", "--until", "7d"], '--until is given twice: "1h" and "7d".'],
  [["--label", ""], '--label "" is not understood.'],
  [["--label", "=x"], '--label "=x" is not understood.'],
  [["--label", "!"], '--label "!" is not understood.'],
  [["--images", "none"], '--images "none": it is one of dangling, all.'],
  [["--volumes", ""], '--volumes "": it is one of none, anonymous, all.'],
  [["--volumes", "none", "--volumes", "all"], '--volumes is given twice: "none" and "all".'],
  [["\u001b[2J"], 'dockui clean does not know "\u241b[2J".'],
])("dockui clean %j is refused", (words, message) => {
  expect(problemOf(["clean", ...words]).message).toBe(message);
});

test.each([
  ["ps --yes", "--yes"],
  ["--plan", "--plan"],
  ["web --kind images", "--kind"],
  ["df --until 3h", "--until"],
  ["images --json --volumes all", "--volumes"],
  ["volumes --images all", "--images"],
  ["networks --label a", "--label"],
])("dockui %s is refused: only clean knows that", (line, option) => {
  expect(problemOf(line.split(" ")).message).toBe(`${option} is an option of dockui clean only.`);
});

test("an unknown option is told in one short sentence", () => {
  expect(problemOf(["clean", "--force"]).message).toBe("Unknown option '--force'.");
});

test("the README says the same as --help", () => {
  for (const text of [usage, cleanUsage])
    expect(readFileSync("README.md", "utf8")).toContain(`\n\`\`\`\n${text}\`\`\`\n`);
});
