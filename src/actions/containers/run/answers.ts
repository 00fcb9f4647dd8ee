import { conflictsIn } from "../../../docker/run/conflicts.ts";
import { emptySpec } from "../../../docker/run/empty-spec.ts";
import type { Flag } from "../../../docker/run/flag.ts";
import { flags } from "../../../docker/run/flags.ts";
import { sentence, shortened } from "../../../docker/run/kind.ts";
import { imageName } from "../../../docker/run/kinds.ts";
import { isGlob, readFlags } from "../../../docker/run/read-flags.ts";
import type { RunSpec } from "../../../docker/run/spec.ts";
import { shellWords } from "../../../docker/run/words.ts";
import { shellQuote } from "../../../format/quote.ts";
import { type Answers, textOf } from "../../question.ts";
import { capital } from "../../report.ts";
import { splitWords } from "../../words.ts";
import { answerOf, readAnswer } from "./flag-text.ts";
import { flagRows } from "./rows.ts";

/** What is done with a new container. */
export const afters = {
  follow: "start it and follow its log",
  start: "start it",
  attach: "start it and attach",
  create: "only create it",
} as const;

/** What is done with a new container, by a word. */
export type After = keyof typeof afters;

/** What the form stands for: a spec as far as its lines can be read, and what is wrong, by line. */
export type Reading = { spec: RunSpec; after: After; faults: Readonly<Record<string, string>> };

/** The lines that stand for no flag, or for one in another way. */
const own = { init: ["as the engine has it", "yes", "no"] } as const;

/** What `--init` may be in the form. */
export const initChoices: readonly string[] = own.init;

const named = (name: string): Flag => {
  const flag = flags.find((one) => one.name === name);
  if (!flag) throw new Error(`There is no flag ${name}.`);
  return flag;
};

/** The flags that have a line of their own. */
export const formFlags: readonly Flag[] = flagRows.flatMap(([, rows]) => rows.map(([name]) => named(name)));
const elsewhere = [named("detach"), named("init")];
const others = flags.filter((flag) => !formFlags.includes(flag) && !elsewhere.includes(flag));

/** The form filled with a spec; nothing of it is lost. */
export function answersOf(spec: RunSpec, after: After): Answers {
  return {
    image: spec.image,
    command: shellQuote(spec.command),
    after: afters[after],
    ...Object.fromEntries(formFlags.map((flag) => [flag.name, answerOf(flag, spec)])),
    init: spec.init === undefined ? own.init[0] : spec.init ? own.init[1] : own.init[2],
    more: shellQuote(others.flatMap((flag) => flag.write(spec))),
  };
}

/** What docker itself would do after such a line: a terminal is attached to, else what is not detached is watched. */
export function afterOf(spec: RunSpec, verb: "run" | "create" = "run"): After {
  if (verb === "create") return "create";
  if (spec.detach) return "start";
  return spec.interactive && spec.tty ? "attach" : "follow";
}

/** Reads the form; a line that cannot be read leaves its part of the spec as docker has it. */
export function readAnswers(answers: Answers): Reading {
  const faults: Record<string, string> = {};
  const more = readMore(textOf(answers.more));
  if (more.fault !== undefined) faults.more = more.fault;
  let spec = more.spec;
  for (const flag of formFlags) {
    const read = readAnswer(flag, spec, answers[flag.name]);
    if ("fault" in read) faults[flag.name] = read.fault;
    else spec = read.spec;
  }
  const image = textOf(answers.image);
  const parsed = imageName.parse(image);
  if (image === "") faults.image = "Of which image? nginx:1.27, registry:5000/team/app:1.2";
  else if ("problem" in parsed) faults.image = `${sentence("", image, parsed.problem)}.`;
  const command = splitWords(textOf(answers.command));
  if ("fault" in command) faults.command = command.fault;
  const after = afterIn(answers);
  const init = initChoices.indexOf(textOf(answers.init));
  const whole: RunSpec = {
    ...spec,
    ...(init > 0 ? { init: init === 1 } : {}),
    image,
    command: "words" in command ? command.words : [],
    detach: after === "start",
  };
  for (const { at, problem } of conflictsIn(whole)) faults[lineOf(at)] ??= `${capital(problem)}.`;
  return { spec: whole, after, faults };
}

function afterIn(answers: Answers): After {
  const words = Object.keys(afters) as After[];
  return words.find((after) => afters[after] === answers.after) ?? "follow";
}

/** The line that a field of the spec is filled in by. */
function lineOf(field: keyof RunSpec): string {
  return formFlags.find(({ fields }) => fields.includes(field))?.name ?? "more";
}

/** The flags without a line of their own, as they are written behind `docker run`. */
function readMore(text: string): { spec: RunSpec; fault?: string } {
  const split = splitWords(text, isGlob);
  if ("fault" in split) return { spec: emptySpec, fault: split.fault };
  const { spec, problems, rest } = readFlags(shellWords(text).commands[0]?.words ?? []);
  const [problem] = problems;
  if (problem !== undefined) return { spec, fault: `${problem}.` };
  const [left] = rest;
  if (left) return { spec, fault: `${shortened(left.text)} is no flag: the command has a line of its own.` };
  const twice = [...formFlags, ...elsewhere].find((flag) => flag.write(spec).length > 0);
  return twice ? { spec: emptySpec, fault: `--${twice.name} has a line of its own above.` } : { spec };
}
