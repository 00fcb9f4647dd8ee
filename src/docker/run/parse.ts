import { conflictsOf } from "./conflicts.ts";
import { emptySpec } from "./empty-spec.ts";
import { sentence, shortened } from "./kind.ts";
import { imageName } from "./kinds.ts";
import { globalFlags } from "./not-supported.ts";
import { readFlags, shellSentence, type Unread } from "./read-flags.ts";
import type { RunSpec } from "./spec.ts";
import { type Command, shellWords, type Word } from "./words.ts";

/** What a pasted line says: `spec` is all of it when there are no problems, else what could be understood. */
export type RunLine = { spec: RunSpec; problems: readonly string[]; unread?: UnreadLine };

/** What could not be read, as it was written: values of flags, and the image or the command where one of them is unclear. */
export type UnreadLine = { flags: readonly Unread[]; image?: string; command?: string };

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
  const { spec, problems, unread, rest } = readFlags(found.words);
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
  const left: UnreadLine = {
    flags: unread,
    ...(image && image.shell.length > 0 ? { image: image.raw } : {}),
    ...(command.some(({ shell }) => shell.length > 0)
      ? { command: command.map(({ raw }) => raw).join(" ") }
      : {}),
  };
  const isWhole = unread.length === 0 && left.image === undefined && left.command === undefined;
  return {
    spec: whole,
    ...(isWhole ? {} : { unread: left }),
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
  const inner = assigned.exec(command)?.[1];
  if (inner !== undefined) return inner;
  return command === bare ? bare : command.replace(/(\\\r?\n)[ \t]*>[ \t]/g, "$1");
}

/** ID=$(docker run …): the shell keeps what it prints. */
const assigned = /^\s*(?:(?:export|local|readonly)\s+)?[A-Za-z_]\w*="?(?:\$\(|`)([\s\S]*)[)`]"?\s*$/;

/** "$ ", "# ", "root@web:~# ", "PS C:\>", in front of a docker command. */
const prompt =
  /^\s*(?:[^\s#$%>]*(?:[ \t][^\s#$%>]*)?[#$%>]|[❯➜])\s+(?=(?:(?:sudo|doas|nohup|env|nice|docker|podman)\s|[A-Za-z_]\w*=))/;

type Start = { verb: "run" | "create"; words: readonly Word[]; problems: readonly string[] };

/** Commands that run another one, with those of their flags that take a value in the next word. */
const wrappers: ReadonlyMap<string, RegExp> = new Map([
  ["sudo", /^(-[CDghpRrtTuU]|--(user|group|host|prompt|chdir))$/],
  ["doas", /^-[Cu]$/],
  ["env", /^(-[uC]|--(unset|chdir))$/],
  ["nice", /^(-n|--adjustment)$/],
  ["ionice", /^-[cn]$/],
  ...["time", "winpty", "exec", "nohup", "command", "setsid"].map((name) => [name, /^(?!)/] as const),
]);

/** The words behind `docker run`, with what is to be said about those before; undefined for another command. */
function start(words: readonly Word[]): Start | undefined {
  let rest = words;
  const problems: string[] = [];
  while (rest[0]) {
    const { text } = rest[0];
    const flags = wrappers.get(text.replace(/^.*\//, ""));
    if (/^[A-Za-z_]\w*=/.test(text))
      problems.push(`${shortened(text)} is set for the docker command, which dockui does not use`);
    else if (flags === undefined) break;
    rest = rest.slice(1);
    for (; flags !== undefined && rest[0]?.text.startsWith("-"); )
      rest = rest.slice(flags.test(rest[0].text) ? 2 : 1);
  }
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
