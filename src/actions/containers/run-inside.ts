import type { Container } from "../../docker/containers.ts";
import { explain } from "../../docker/errors.ts";
import { inParallel } from "../../docker/in-parallel.ts";
import type { ProgramOptions } from "../../docker/inside/exec-body.ts";
import { createTextLines } from "../../docker/text-lines.ts";
import { shellQuote } from "../../format/quote.ts";
import type { RowsAction } from "../action.ts";
import { ask } from "../ask.ts";
import { openOutput, type Sink, type Work } from "../output.ts";
import type { Answers, Field } from "../question.ts";
import type { Session } from "../session.ts";
import { splitWords } from "../words.ts";
import { docker, said } from "./states.ts";

const notRunning = ({ state }: Container) =>
  state === "running" ? undefined : `nothing can run in it: it is ${said(state)}.`;

/** A program inside, with its words kept. */
export const execute: RowsAction<Container> = {
  id: "execute",
  on: "rows",
  keys: ["E"],
  label: "run inside",
  help: "Run a command inside, as another user or elsewhere if wanted; what it writes is kept, with its exit code",
  changes: true,
  unavailable: notRunning,
  command: (names) => docker("exec", [...names.slice(0, 1), "COMMAND"]),
  open: askProgram,
};

const fields = (several: boolean): Field[] => [
  {
    kind: "text",
    id: "command",
    label: "Command",
    value: "",
    hint: "the program and its arguments, quoted as for a shell; pipes and && need sh -c '…'",
    check(value) {
      const words = splitWords(value);
      if ("fault" in words) return words.fault;
      return words.words.length > 0 ? undefined : "Which program shall run?";
    },
  },
  {
    kind: "text",
    id: "user",
    label: "User",
    value: "",
    hint: "name or uid, name:group; empty: the container's own",
    check: () => undefined,
  },
  {
    kind: "text",
    id: "workdir",
    label: "Folder",
    value: "",
    hint: "where it runs, as /srv/app; empty: the container's own",
    check: (value) =>
      value === "" || value.startsWith("/") ? undefined : "A path inside the container: it begins with /.",
  },
  {
    kind: "text",
    id: "env",
    label: "Environment",
    value: "",
    hint: "NAME=value NAME2='with spaces'",
    check(value) {
      const words = splitWords(value);
      if ("fault" in words) return words.fault;
      return words.words.every((word) => /^[^=]+=/.test(word))
        ? undefined
        : "NAME=value, with spaces between several.";
    },
  },
  ...(several
    ? []
    : [
        {
          kind: "switch",
          id: "interactive",
          label: "On this terminal",
          on: false,
          hint: "for programs that are typed into or paint a screen: psql, top",
        } as const,
      ]),
];

function askProgram(containers: readonly Container[], session: Session): void {
  const [first] = containers;
  if (!first) return;
  const names = containers.map(({ name }) => name);
  const many = names.length > 3;
  const where = many ? `${names.length} containers` : names.join(", ");
  ask(session, {
    title: `Run a command in ${where}`,
    objects: many ? [names.join(", ")] : [],
    fields: fields(containers.length > 1),
    verb: "run",
    danger: false,
    command: (answers) => commandLine(names[0] ?? "", answers),
    answer(answers) {
      const program = programOf(answers);
      if (answers.interactive === true) session.task.set({ kind: "shell", container: first, program });
      else
        openOutput(session, {
          title: `${shellQuote(program.command)} in ${where}`,
          command: commandLine(names[0] ?? "", answers),
          work: runIn(containers, program, session),
        });
    },
  });
}

function wordsOf(value: unknown): readonly string[] {
  const split = splitWords(String(value ?? ""));
  return "words" in split ? split.words : [];
}

function programOf({ command, user, workdir, env }: Answers): ProgramOptions {
  const variables = wordsOf(env);
  return {
    command: wordsOf(command),
    ...(user ? { user: String(user) } : {}),
    ...(workdir ? { workdir: String(workdir) } : {}),
    ...(variables.length > 0 ? { env: variables } : {}),
  };
}

function commandLine(name: string, answers: Answers): string {
  const { command, user, workdir, env = [] } = programOf(answers);
  const flags = [
    ...(answers.interactive === true ? ["-it"] : []),
    ...(user ? ["--user", user] : []),
    ...(workdir ? ["--workdir", workdir] : []),
    ...env.flatMap((variable) => ["--env", variable]),
  ];
  return shellQuote(["docker", "exec", ...flags, name, ...command]);
}

/** Runs a program in each; with several, every line says whose it is, and the others go on when one fails. */
function runIn(containers: readonly Container[], program: ProgramOptions, session: Session): Work {
  const word = program.command[0] ?? "";
  return async (sink, signal) => {
    const [only, ...more] = containers;
    if (only && more.length === 0) {
      const code = await runInOne(only, program, { session, sink, lead: "", signal }).catch(
        (error: unknown) => {
          if (!signal.aborted) sink.line("err", explain(error, session.engine.endpoint).message);
          throw error;
        },
      );
      return { tone: code === 0 ? "good" : "warn", text: `${word} ended with exit code ${code}.` };
    }
    let failed = 0;
    await inParallel(containers, 5, async (container) => {
      const lead = `${container.name} │ `;
      try {
        const code = await runInOne(container, program, { session, sink, lead, signal });
        sink.line(code === 0 ? "out" : "err", `${lead}exit code ${code}`);
        if (code !== 0) failed += 1;
      } catch (error) {
        signal.throwIfAborted();
        sink.line("err", lead + explain(error, session.engine.endpoint).message);
        failed += 1;
      }
    });
    if (failed === 0) return { tone: "good", text: `${word} ended with exit code 0 in all of them.` };
    return { tone: "warn", text: `${word} failed in ${failed} of ${containers.length}.` };
  };
}

type Place = { session: Session; sink: Sink; lead: string; signal: AbortSignal };

async function runInOne(
  { id }: Container,
  program: ProgramOptions,
  { session, sink, lead, signal }: Place,
): Promise<number> {
  const lines = {
    out: createTextLines((text) => sink.line("out", lead + text)),
    err: createTextLines((text) => sink.line("err", lead + text)),
  };
  const execution = await session.engine.execute(id, program, signal);
  for await (const { stream, bytes } of execution.output) lines[stream].write(bytes);
  lines.out.end();
  lines.err.end();
  return (await execution.exitCode(signal)) ?? 0;
}
