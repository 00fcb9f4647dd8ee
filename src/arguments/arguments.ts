import { parseArgs } from "node:util";
import type { CleanUpRules } from "../actions/clean-up/rules.ts";
import { ProblemError } from "../docker/errors.ts";
import { cleanOptions, cleanWish, refuseCleanOptions } from "./clean.ts";

/** The screens by the words people use for them. */
export const screenNames = ["containers", "images", "networks", "volumes", "disk"] as const;

/** What the command line asks for. */
export type Wish =
  | { kind: "help" }
  | { kind: "version" }
  | ({ kind: "screen"; screen: number; query: string } & Options)
  | ({ kind: "clean"; rules: CleanUpRules; yes: boolean; json: boolean } & Options)
  | ({ kind: "list"; list: (typeof lists)[number]; query: string; json: boolean } & Options);

type Options = { host?: string; context?: string; readOnly: boolean; demo: boolean };

/** The lists as text, in the order of the screens that show the same. */
export const lists = ["ps", "images", "networks", "volumes", "df"] as const;

/** No screen has these names: they always mean text. */
const textOnly = ["ps", "df"] as const;

/** What `--help` prints; the README has the same. */
export const usage = `dockui: a full-screen terminal program to look after Docker on servers

usage: dockui [SCREEN] [QUERY]     opens a screen: containers, images, networks,
                                   volumes, disk
       dockui LIST [QUERY]         writes a list: ps, df; with --json also
                                   images, networks, volumes
       dockui clean [--plan]       what can be removed and what comes back
       dockui clean --yes          removes exactly that, without asking

  -H, --host URL       unix:///path or tcp://host:port
  -c, --context NAME   a docker context
      --read-only      no key changes anything
      --demo           a built-in simulated engine: try it with no Docker at all
      --json           a list, or a plan and what became of it, as JSON
  -h, --help           this
  -v, --version        the version

a config file, ~/.config/dockui/config.json, may say how much of a log is kept:
      {"logs":{"lines":50000,"size":"64MiB"}}

of clean; without them it takes stopped containers, images without a name,
networks without containers, unused anonymous volumes and the build cache:
      --kind LIST      only of containers,images,networks,volumes,cache
      --until TIME     only what is older: 24h, 7d, 2026-11-20; build cache by
                       when it was last used, all else by when it was made
      --label RULE     only what has the label: KEY, KEY=VALUE; with ! in front
                       only what does not; may be given again, all must hold
      --images WHICH   dangling, or all that no container uses
      --volumes WHICH  none, anonymous, or all that no container uses

exit codes:
    0    done; of clean: all was removed, or there is nothing to remove
    1    it could not be begun: stderr says why
    3    clean without --yes: there is something to remove
    4    clean --yes: not all was removed: stderr says what was left and why
    129, 130, 143  ended by SIGHUP, SIGINT, SIGTERM before anything was begun
`;

/** Reads the command line, without the program's name, at the moment `now` (ms). Throws a problem that says what is wrong. */
export function readArguments(words: readonly string[], now: number): Wish {
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
  if (first === "clean") return { kind: "clean", ...cleanWish(values, rest, now), ...options };
  refuseCleanOptions(values);
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
        ...cleanOptions,
        help: { type: "boolean", short: "h" },
        version: { type: "boolean", short: "v" },
      },
    });
  } catch (error) {
    // Its first sentence: behind that Node explains how a file name is written that begins with a dash.
    const message = (error as Error).message.split(/\n|(?<=\.) /)[0] ?? "";
    throw new ProblemError({ kind: "other", message, hint: "dockui --help lists what there is." });
  }
}
