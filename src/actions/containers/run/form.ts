import { shown } from "../../../docker/run/flag.ts";
import { flags } from "../../../docker/run/flags.ts";
import { parseRunLine, runVerb } from "../../../docker/run/parse.ts";
import { shellWords } from "../../../docker/run/words.ts";
import { hostName } from "../../perform.ts";
import type { Answers, Field, Pasted, Question, TextField } from "../../question.ts";
import type { Session } from "../../session.ts";
import { afterOf, afters, answersOf, formFlags, initChoices, type Reading, readAnswers } from "./answers.ts";
import { carryOut } from "./carry-out.ts";
import { advices, liveFaults } from "./checks.ts";
import { commandLine } from "./command-line.ts";
import { isList } from "./flag-text.ts";
import { flagRows } from "./rows.ts";
import { withUnread } from "./unread.ts";

/**
 * What a form begins with: what is filled in, and what a person should know of it. Left as `unchanged` it is not worth
 * keeping.
 */
export type Beginning = { answers: Answers; unchanged: Answers; note?: string };

/** The form that makes a container. */
export function runForm(session: Session, { answers: first, unchanged, note }: Beginning): Question {
  const { containers, images, networks, volumes } = session.sources;
  const read = reader();
  return {
    title: `Create a container on ${hostName(session)}; a pasted docker run line fills it in`,
    objects: [],
    ...(note === undefined ? {} : { note }),
    fields: fieldsOf(session, first, read),
    verb: "create",
    danger: false,
    helpRows: 2,
    watches: [containers, images, networks, volumes],
    command: (answers) => commandLine(read(answers)),
    pasted: pastedLine,
    goesOn,
    left(answers) {
      if (Object.keys(answers).some((id) => answers[id] !== unchanged[id])) session.runDraft.set(answers);
    },
    answer(answers) {
      session.runDraft.set(answers);
      carryOut(session, read(answers));
    },
  };
}

/** What a docker run line fills the form with; undefined for any other text. */
export function pastedLine(text: string): Pasted | undefined {
  const verb = runVerb(text);
  if (verb === undefined) return undefined;
  const { spec, problems, unread } = parseRunLine(text);
  const answers = answersOf(spec, afterOf(spec, verb));
  return { answers: unread ? withUnread(answers, unread) : answers, problems };
}

/** Whether a docker run line goes on in the next line: a quote in it is open. */
export function goesOn(text: string): boolean {
  return runVerb(text) !== undefined && shellWords(text).isOpen;
}

type Read = (answers: Answers) => Reading;

/** Reads the same answers once, however many lines ask. */
function reader(): Read {
  let last: { answers: Answers; reading: Reading } | undefined;
  return (answers) => {
    if (last?.answers !== answers) last = { answers, reading: readAnswers(answers) };
    return last.reading;
  };
}

function fieldsOf(session: Session, first: Answers, read: Read): Field[] {
  const text = (field: Pick<TextField, "id" | "label" | "hint" | "section">): TextField => ({
    ...{ kind: "text", ...field, value: String(first[field.id] ?? "") },
    check(_, answers) {
      const { spec, after, faults } = read(answers);
      return faults[field.id] ?? liveFaults[field.id]?.(spec, session, after);
    },
    advice(_, answers) {
      const { spec, after } = read(answers);
      return advices[field.id]?.(spec, session, after);
    },
  });
  const top = "Container";
  return [
    text({ id: "image", label: "Image", section: top, hint: "nginx:1.27, registry:5000/team/app:1.2" }),
    text({
      id: "command",
      label: "Command",
      section: top,
      hint: "the program's words, quoted as for a shell; empty: the image's own",
    }),
    {
      ...{ kind: "choice", id: "after", label: "And then", section: top, choices: Object.values(afters) },
      value: String(first.after ?? afters.follow),
      hint: "what is done with it",
    },
    ...flagRows.flatMap(([section, rows]) => [
      ...rows.map(([name, label, example]) => {
        const hint = hintOf(name, example);
        return formFlags.find((flag) => flag.name === name)?.takes === undefined
          ? ({ kind: "switch", id: name, label, section, hint, on: first[name] === true } as const)
          : text({ id: name, label, section, hint });
      }),
      ...(section === "Life" ? [initField(first)] : []),
    ]),
    text({
      id: "more",
      label: "Other flags",
      section: "More",
      hint: "as behind docker run: --sysctl net.core.somaxconn=1024 --group-add audio",
    }),
  ];
}

function initField(first: Answers): Field {
  return {
    ...{ kind: "choice", id: "init", label: "Init", section: "Life", choices: initChoices },
    value: String(first.init ?? initChoices[0]),
    hint: "--init: a first process that passes signals on and buries the dead",
  };
}

/** "-p [ip:][host:]container[/protocol] …   8080:80": the flag, what it takes, and an example. */
function hintOf(name: string, example: string): string {
  const flag = flags.find((one) => one.name === name);
  if (!flag) return example;
  const takes = flag.takes === undefined ? "" : ` ${flag.takes}${isList(flag) ? " …" : ""}`;
  return `${shown(flag.name, flag)}${takes}   ${example}`;
}
