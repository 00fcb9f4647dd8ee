import { createHash, randomUUID } from "node:crypto";
import { closeSync, constants, fstatSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { JournalKeeper, KeptLine } from "./actions/journal-lines.ts";
import type { Endpoint } from "./docker/endpoint.ts";
import { unlessPrivate, xdgFolder } from "./docker/trusted.ts";

/** A file that has become as long goes into the place of the one before it: so much twice is kept of a host, in bytes. */
const longest = 512 * 1024;

const { O_APPEND, O_CREAT, O_NOFOLLOW, O_RDONLY, O_WRONLY } = constants;

/**
 * Keeps the journal of that engine's address in the folder of this person's state: one line of JSON for each change, in
 * files that nobody else may read. It is opened for each line, so that many may write, and nothing is lost at the end.
 */
export function journalFile(env: NodeJS.ProcessEnv, { label }: Endpoint, most = longest): JournalKeeper {
  const state = join(xdgFolder(env, "XDG_STATE_HOME", ".local/state"), "dockui");
  const path = join(state, `${fileName(label)}.jsonl`);
  const older = join(state, `${fileName(label)}.1.jsonl`);
  let problem: string | undefined;

  /** Does it in the private folder; what keeps it from that is kept as the problem. */
  function attempt<Value>(work: () => Value, otherwise: Value): Value {
    try {
      const why = unlessPrivate(state);
      if (why !== undefined) throw new Error(why);
      const done = work();
      problem = undefined;
      return done;
    } catch (error) {
      problem = (error as Error).message;
      return otherwise;
    }
  }

  return {
    run: randomUUID(),
    problem: () => problem,
    read: () => attempt(() => [older, path].flatMap(linesOf), []),
    write(line: KeptLine) {
      attempt(() => {
        const size = append(path, `\n${JSON.stringify(line)}\n`);
        if (size > most) renameSync(path, older);
      }, undefined);
    },
  };
}

/** Readable, and another one for each address. */
function fileName(label: string): string {
  const hash = createHash("sha256").update(label).digest("hex").slice(0, 8);
  const name = label.replace(/[^\w.-]+/g, "-").replace(/^-/, "");
  return `journal-${name.slice(0, 60)}-${hash}`;
}

/** Appends at once, behind whatever was cut short; answers how long the file is now. */
function append(path: string, text: string): number {
  const file = openSync(path, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW, 0o600);
  try {
    check(path, file);
    writeSync(file, text);
    return fstatSync(file).size;
  } finally {
    closeSync(file);
  }
}

function linesOf(path: string): unknown[] {
  let file: number;
  try {
    file = openSync(path, O_RDONLY | O_NOFOLLOW);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
  try {
    check(path, file);
    return readFileSync(file, "utf8").split("\n").flatMap(parsed);
  } finally {
    closeSync(file);
  }
}

/** What is done again by it must be this person's own. */
function check(path: string, file: number): void {
  const stat = fstatSync(file);
  const isOwn = stat.isFile() && stat.uid === process.getuid?.() && (stat.mode & 0o077) === 0;
  if (!isOwn) throw new Error(`${path} is no private file of yours`);
}

/** A line that was cut short by a full disk is left out. */
function parsed(line: string): unknown[] {
  try {
    return [JSON.parse(line)];
  } catch {
    return [];
  }
}
