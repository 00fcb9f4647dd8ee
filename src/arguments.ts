import { parseArgs } from "node:util";
import { ProblemError } from "./docker/errors.ts";

/** The screens by the words people use for them. */
export const screenNames = ["containers", "images", "networks", "volumes", "disk"] as const;

/** What the command line asks for. */
export type Wish =
  | { kind: "help" }
  | { kind: "version" }
  | ({ kind: "screen"; screen: number; query: string } & Options)
  | ({ kind: "list"; list: (typeof lists)[number]; query: string; json: boolean } & Options);

type Options = { host?: string; context?: string; readOnly: boolean; demo: boolean };

/** The lists as text, in the order of the screens that show the same. */
export const lists = ["ps", "images", "networks", "volumes", "df"] as const;

/** No screen has these names: they always mean text. */
const textOnly = ["ps", "df"] as const;

/** What `--help` prints. */
export const usage = `dockui: a full-screen terminal program for people who look after Docker on servers

usage: dockui [screen] [query]            screens: containers, images, networks, volumes, disk
       dockui ps|images|networks|volumes|df [query] --json     the same lists as text, for pipes and scripts

  -H, --host URL       unix:///path or tcp://host:port
  -c, --context NAME   a docker context
      --read-only      no key changes anything
      --demo           a built-in simulated engine: try it with no Docker at all
      --json           a list as JSON
  -h, --help           this
  -v, --version        the version
`;

/** Reads the command line, without the program's name. Throws a problem that says what is wrong. */
export function readArguments(words: readonly string[]): Wish {
  const { values, positionals } = parse(words);
  if (values.help) return { kind: "help" };
  if (values.version) return { kind: "version" };
  const options = {
    ...(values.host === undefined ? {} : { host: values.host }),
    ...(values.context === undefined ? {} : { context: values.context }),
    readOnly: values["read-only"] ?? false,
    demo: values.demo ?? false,
  };
  const [first = "", ...rest] = positionals;
  const screen = (screenNames as readonly string[]).indexOf(first);
  const named = lists.find((name) => name === first);
  const query = screen < 0 && !named ? positionals : rest;
  // The lists stand in the order of the screens that show them.
  const list = values.json ? (named ?? lists[Math.max(0, screen)]) : textOnly.find((name) => name === first);
  if (list) return { kind: "list", list, query: query.join(" "), json: values.json ?? false, ...options };
  return { kind: "screen", screen: Math.max(0, screen), query: query.join(" "), ...options };
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
        help: { type: "boolean", short: "h" },
        version: { type: "boolean", short: "v" },
      },
    });
  } catch (error) {
    const message = (error as Error).message.split("\n")[0] ?? "";
    throw new ProblemError({ kind: "other", message, hint: "dockui --help lists what there is." });
  }
}
