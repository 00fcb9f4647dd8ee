import { parseArgs } from "node:util";
import type { CleanUpRules } from "../actions/clean-up/rules.ts";
import { ProblemError } from "../docker/errors.ts";
import { cleanLine } from "../format/clean.ts";
import { shellQuote } from "../format/quote.ts";
import { cleanOptions, cleanWish, quoted, refuseCleanOptions } from "./clean.ts";
import { meant } from "./meant.ts";
import { cleanUsage, usage } from "./usage.ts";

/** The screens by the words people use for them. */
export const screenNames = ["containers", "images", "networks", "volumes", "disk"] as const;

/** What the command line asks for. */
export type Wish =
  | { kind: "help"; text: string }
  | { kind: "version" }
  | ({ kind: "screen"; screen: number; query: string } & Options)
  | ({ kind: "clean"; rules: CleanUpRules; yes: boolean; json: boolean } & Options)
  | ({ kind: "list"; list: (typeof lists)[number]; query: string; json: boolean } & Options);

type Options = { host?: string; context?: string; readOnly: boolean; demo: boolean };

/** The lists as text, in the order of the screens that show the same. */
export const lists = ["ps", "images", "networks", "volumes", "df"] as const;

/** No screen has these names: they always mean text. */
const textOnly = ["ps", "df"] as const;

/** Reads the command line, without the program's name, at the moment `now` (ms). Throws a problem that says what is wrong. */
export function readArguments(words: readonly string[], now: number): Wish {
  const { values, positionals } = parse(words);
  const [first = "", ...rest] = positionals;
  if (values.help || first === "help") return { kind: "help", text: helpText(positionals) };
  if (values.version || first === "version") return { kind: "version" };
  const options = {
    ...(values.host === undefined ? {} : { host: values.host }),
    ...(values.context === undefined ? {} : { context: values.context }),
    readOnly: values["read-only"] ?? false,
    demo: values.demo ?? false,
  };
  if (first === "clean") return { kind: "clean", ...cleanWish(values, rest, now), ...options };
  refuseCleanOptions(values);
  const screen = (screenNames as readonly string[]).indexOf(first);
  const named = lists.find((name) => name === first);
  const isNamed = screen >= 0 || named !== undefined;
  if (first !== "" && !isNamed && !looksLikeQuery.test(first)) throw unknown(first, positionals);
  const query = isNamed ? rest : positionals;
  // The lists stand in the order of the screens that show them.
  const list = values.json ? (named ?? lists[Math.max(0, screen)]) : textOnly.find((name) => name === first);
  if (list) return { kind: "list", list, query: query.join(" "), json: values.json ?? false, ...options };
  return { kind: "screen", screen: Math.max(0, screen), query: query.join(" "), ...options };
}

function helpText(words: readonly string[]): string {
  return words.includes("clean") ? cleanUsage : usage;
}

/** No command is written so: label:tier=1, !backup, name:web. */
const looksLikeQuery = /[:=!]/;

const commands = [...screenNames, ...lists, "clean", "help", "version"];

/** A mistyped command must not become a query that finds nothing, with exit code 0. */
function unknown(word: string, words: readonly string[]): ProblemError {
  const near = meant(word, commands);
  return new ProblemError({
    kind: "usage",
    message: `There is no command ${quoted(word)}.${near === undefined ? "" : ` Did you mean ${near}?`}`,
    hint: `To find it: ${shellQuote(["dockui", "ps", ...words.map(cleanLine)])}, or on the screen with containers in place of ps.`,
  });
}

function parse(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        host: { type: "string", short: "H" },
        context: { type: "string", short: "c" },
        "read-only": { type: "boolean" },
        demo: { type: "boolean" },
        json: { type: "boolean" },
        ...cleanOptions,
        help: { type: "boolean", short: "h" },
        version: { type: "boolean", short: "v" },
      },
    });
  } catch (error) {
    // Its first sentence: behind that Node explains how a file name is written that begins with a dash.
    const message = (error as Error).message.split(/\n|(?<=\.) /)[0] ?? "";
    throw new ProblemError({ kind: "usage", message, hint: "dockui --help lists what there is." });
  }
}
