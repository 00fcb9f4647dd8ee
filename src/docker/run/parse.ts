import { conflictsOf } from "./conflicts.ts";
import { emptySpec } from "./empty-spec.ts";
import { sentence, shortened } from "./kind.ts";
import { imageName } from "./kinds.ts";
import { globalFlags } from "./not-supported.ts";
import { readFlags, shellSentence } from "./read-flags.ts";
import type { RunSpec } from "./spec.ts";
import { type Command, shellWords, type Word } from "./words.ts";

/** What a pasted line says: `spec` is all of it when there are no problems, else what could be understood. */
export type RunLine = { spec: RunSpec; problems: readonly string[] };

const nothing = "There is no docker run or docker create line here";

/**
 * Reads a pasted `docker run …` or `docker create …` (podman's too, behind sudo or a prompt, over several lines). What
 * the shell would put in, what docker would refuse and what dockui has not is named, a sentence each; nothing is guessed.
 */
export function parseRunLine(text: string): RunLine {
  const script = shellWords(withoutPrompt(text));
  const starts = script.commands.map((command) => start(command.words));
  const at = starts.findIndex((found) => found !== undefined);
  const found = starts[at];
  if (found === undefined) return { spec: emptySpec, problems: [...script.problems, nothing] };
  const others = script.commands.flatMap((command, index) => aside(command, index - at));
  const { spec, problems, rest } = readFlags(found.words);
  const [image, ...command] = rest;
  const body = [
    ...problems,
    ...imageProblems(image),
    ...command.flatMap(({ shell }) => shell.map(shellSentence)),
  ];
  const whole: RunSpec = {
    ...spec,
    image: image && image.shell.length === 0 ? image.text : "",
    command: command.filter(({ shell }) => shell.length === 0).map((word) => word.text),
  };
  return {
    spec: whole,
    problems: unique([...script.problems, ...found.problems, ...body, ...conflictsOf(whole), ...others]),
  };
}

/** Which docker command a text is, if it is one that makes a container. */
export function runVerb(text: string): "run" | "create" | undefined {
  const { commands } = shellWords(withoutPrompt(text));
  return commands.flatMap(({ words }) => start(words)?.verb ?? [])[0];
}

/** A text without what stands around a command where people copy it: a prompt, the fences and backquotes of Markdown. */
function withoutPrompt(text: string): string {
  const bare = text.trim().replace(/^(```+)\w*\n([\s\S]*)\n\1$|^`([^`]*)`$/, "$2$3");
  const command = bare.replace(prompt, "");
  return command === bare ? bare : command.replace(/(\\\r?\n)[ \t]*>[ \t]/g, "$1");
}

/** "$ ", "# ", "root@web:~# ", "PS C:\>", in front of a docker command. */
const prompt =
  /^\s*(?:[^\s#$%>]*(?:[ \t][^\s#$%>]*)?[#$%>]|[❯➜])\s+(?=(?:sudo\s|docker\s|podman\s|[A-Za-z_]\w*=))/;

type Start = { verb: "run" | "create"; words: readonly Word[]; problems: readonly string[] };

/** The words behind `docker run`, with what is to be said about those before; undefined for another command. */
function start(words: readonly Word[]): Start | undefined {
  let rest = words;
  const problems: string[] = [];
  for (; rest[0] && /^[A-Za-z_]\w*=/.test(rest[0].text); rest = rest.slice(1))
    problems.push(`${shortened(rest[0].text)} is set for the docker command, which dockui does not use`);
  if (/^(sudo|doas|time|winpty|exec)$/.test(rest[0]?.text ?? "")) rest = rest.slice(1);
  while (/^-[EHnS]$/.test(rest[0]?.text ?? "")) rest = rest.slice(1);
  if (!/^(.*\/)?(docker|podman)(\.exe)?$/.test(rest[0]?.text ?? "")) return undefined;
  rest = rest.slice(1);
  while (rest[0]?.text.startsWith("-")) {
    const [name = "", value] = rest[0].text.split("=");
    const flag = globalFlags[name];
    if (flag === undefined) problems.push(`${shortened(name)} is not a flag of docker that dockui knows`);
    else if (flag.why) problems.push(`${name} ${flag.why}`);
    rest = rest.slice(flag?.takes && value === undefined ? 2 : 1);
  }
  if (rest[0]?.text === "container") rest = rest.slice(1);
  const verb = rest[0]?.text;
  return verb === "run" || verb === "create" ? { verb, words: rest.slice(1), problems } : undefined;
}

/** What is said about the other commands of a text, and about the operators that end a command. */
function aside({ words, operator }: Command, offset: number): string[] {
  const told =
    operator === undefined ? [] : [`${operator} is the shell's: dockui takes one docker line alone`];
  if (offset === 0 || words.length === 0) return told;
  const text = words.map((word) => word.text).join(" ");
  return [...told, `${sentence("", text, "is not part of the docker run line")}: it is left out`];
}

function imageProblems(image: Word | undefined): string[] {
  if (image === undefined) return ["The line names no image"];
  if (image.shell.length > 0) return image.shell.map(shellSentence);
  const parsed = imageName.parse(image.text);
  return "problem" in parsed ? [sentence("", image.text, parsed.problem)] : [];
}

function unique(problems: readonly string[]): readonly string[] {
  return [...new Set(problems)];
}
