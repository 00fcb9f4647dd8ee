import { expect, test } from "vitest";
import type { Bound } from "../../src/actions/binding.ts";
import { record, settle } from "../../src/actions/journal.ts";
import { openOutput } from "../../src/actions/output.ts";
import { type Overlay, openOverlay } from "../../src/actions/overlays.ts";
import type { Field, Question } from "../../src/actions/question.ts";
import { notify } from "../../src/actions/session.ts";
import { file, place } from "../../src/demo/tree.ts";
import { filesOf } from "../../src/demo/tree-seed.ts";
import { openContainers, type Robot } from "./robot.tsx";

/** Text that hides, colours, renames the window, clears the screen, turns letters round and begins new lines. */
const evil = (name: string) =>
  `${name}\u001b[8mhid\u001b]0;PWN\u0007\u001b[2J\u009b31m\u202e\r\n\n\n\n\n\n\n\n\n\n\n\n\n\u001b[1;1Hlow`;

/** What of it no terminal may get. */
const harm = /\u001b\[8m|\u001b\]0|\u0007|\u001b\[2J|[\u0080-\u009f]|\u202e|\u001b\[1;1H/;

/** What stands on the screen tells everything, and keeps to its lines. */
function expectHarmless(robot: Robot, ...names: string[]): void {
  expect(robot.written()).not.toMatch(harm);
  expect(robot.rows()).toHaveLength(40);
  expect(robot.rows()[0]).toMatch(/^ dockui .* ● live/);
  for (const name of names) expect(robot.screen()).toContain(`${name}␛[8mhid␛]0;PWN␇`);
}

const fields: readonly Field[] = [
  {
    ...{ kind: "text", id: "text", label: evil("label"), section: evil("section"), hint: evil("hint") },
    ...{ value: evil("value"), was: evil("was"), check: () => undefined, advice: () => evil("advice") },
  },
  { ...{ kind: "text", id: "bad", label: "bad", value: "", hint: "" }, check: () => evil("fault") },
  {
    ...{ kind: "text", id: "other", label: "other", value: evil("shown"), hint: "", check: () => undefined },
  },
  {
    kind: "choice",
    id: "choice",
    label: "choice",
    value: evil("chosen"),
    choices: [evil("chosen"), "other"],
  },
  { kind: "switch", id: "switch", label: evil("switch"), on: true, key: "v" },
];

const question: Question = {
  ...{ title: evil("title"), objects: [evil("object")], note: evil("note"), verb: evil("verb") },
  ...{ danger: true, fields, command: () => evil("command"), answer() {} },
  pasted: () => ({ answers: { text: evil("pasted") }, problems: [evil("problem")] }),
};

async function opens(overlay: Overlay): Promise<Robot> {
  const robot = await openContainers({ columns: 160 });
  openOverlay(robot.session, overlay);
  await robot.sees("␛[8m");
  return robot;
}

test("every part of a form is shown as text", async () => {
  const robot = await opens({ kind: "question", question });
  expectHarmless(robot, "title", "object", "note", "section", "label", "value", "advice");
  expectHarmless(robot, "shown", "chosen", "switch", "command", "verb");
  await robot.press("\u0013");
  await robot.sees("✗ fault␛");
  expectHarmless(robot, "fault");
  await robot.paste("anything");
  await robot.sees("problem␛");
  expectHarmless(robot, "problem");
});

test("every part of a yes-or-no question is shown as text", async () => {
  const only = fields.filter(({ kind }) => kind === "switch");
  const robot = await opens({ kind: "question", question: { ...question, fields: only } });
  expectHarmless(robot, "title", "object", "note", "switch", "command", "verb");
});

test("what is waited for is shown as text", async () => {
  const robot = await opens({ kind: "preparing", title: evil("title"), giveUp() {} });
  expectHarmless(robot, "title");
});

const binding: Bound = {
  ...{ id: "evil", keys: ["§"], label: evil("label"), help: evil("help"), run() {} },
  ...{ unavailable: () => undefined, command: () => evil("docker") },
};

test("commands and their help are shown as text", async () => {
  const palette = await opens({ kind: "palette", bindings: [binding] });
  expectHarmless(palette, "docker");
  const help = await opens({ kind: "help", bindings: [binding] });
  expectHarmless(help, "help");
});

test("titles, texts and values are shown as text", async () => {
  const text = await opens({ kind: "text", title: evil("title"), text: evil("text") });
  expectHarmless(text, "title");
  const json = await opens({ kind: "json", title: evil("title"), value: { [evil("key")]: evil("value") } });
  expectHarmless(json, "title");
});

test("notices, the journal and what a command wrote are shown as text", async () => {
  const robot = await openContainers({ columns: 160 });
  notify(robot.session, "bad", evil("notice"));
  await robot.sees("notice␛");
  expectHarmless(robot, "notice");
  const failed = record(robot.session, evil("docker"));
  settle(robot.session, failed, "failed", { reason: evil("reason") });
  await robot.press("J");
  await robot.sees("docker␛");
  await robot.press("enter");
  await robot.sees("reason␛");
  await robot.press("esc", "esc");
  openOutput(robot.session, {
    title: evil("title"),
    command: "x",
    work: async () => ({ tone: "good", text: evil("end") }),
  });
  await robot.sees("title␛");
  await robot.sees("end␛");
  expectHarmless(robot, "title", "end");
});

test("names of files are shown as text where they are copied, viewed and told of", async () => {
  const robot = await openContainers({
    columns: 160,
    before({ world }) {
      const edge = world.find("edge");
      if (!edge) throw new Error("there is no edge");
      for (const name of ["x\u001b[8mhid", "ok\n\n\nlow"])
        place(filesOf(world, edge), `/etc/evil/${name}`, file("a"));
    },
  });
  await robot.goTo("edge");
  await robot.press("f");
  await robot.sees("with all below");
  await robot.press("@");
  await robot.sees("▸");
  await robot.press("ctrl+u");
  await robot.type("/etc/evil");
  await robot.press("enter");
  await robot.sees("x␛[8mhid");
  await robot.press("*", "c");
  await robot.sees("out of edge to where?");
  await robot.sees(/^ {3}.*ok␊␊␊low/m);
  expectHarmless(robot);
  expect(robot.screen()).toMatch(/^ {3}\S*x␛\[8mhid/m);
  await robot.press("esc", "esc", "enter");
  await robot.sees(/␊␊␊low of edge|␛\[8mhid of edge/);
  expectHarmless(robot);
});

test("what is copied holds nothing that would act where it is pasted, but its lines and tabs", async () => {
  const value = "a\tb\r\nc\u001b[201~rm -rf x\u0007\u009b31m";
  const robot = await openContainers();
  openOverlay(robot.session, { kind: "json", title: "values", value: { key: value } });
  await robot.sees("key: ");
  await robot.press("y");
  await robot.sees("characters to the terminal's clipboard");
  expect(robot.host).toEqual(["copy a\tb\nc␛[201~rm -rf x␇\\x9b31m"]);
});
