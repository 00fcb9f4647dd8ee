import { type ChildProcess, spawn } from "node:child_process";
import { accessSync, constants, readFileSync, realpathSync, statSync } from "node:fs";
import { basename, delimiter, isAbsolute, join, resolve } from "node:path";
import type { Writable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { shellWords } from "./run/words.ts";

/** A program that shows a text page by page on the person's terminal. */
export type Pager = {
  /** What it is called: "less". */
  name: string;
  /** It shows colours as colours. */
  coloured: boolean;
  /** It prints all there is and ends, as cat does. */
  prints: boolean;
  /** Starts it; nothing else may use the terminal before it has ended. */
  open(): Promise<Paging>;
};

/** A pager that has the terminal. */
export type Paging = {
  /** Takes the text, no faster than it is read. */
  input: Writable;
  /** How it ended; rejects when it could not start. The terminal's modes are as they were. */
  ended: Promise<{ code: number | null; signal: string | null }>;
};

/** The pager of this machine. */
export type Pagers = {
  /** That of $PAGER, else less; a sentence where there is none. */
  find(): Pager | string;
  /** Ends the one that is open; resolves when it has put the terminal in order. */
  leave(): Promise<void>;
};

/** The pager that this environment names; `stopToo` stops this process when the pager was, as ctrl+z does. */
export function createPagers(process: NodeJS.Process, stopToo: () => Promise<void>): Pagers {
  const { env } = process;
  let open: { child: ChildProcess; gone: Promise<unknown> } | undefined;

  async function start(path: string, args: readonly string[], more: NodeJS.ProcessEnv): Promise<Paging> {
    const modes = await terminalModes();
    const child = spawn(path, args, { stdio: ["pipe", "inherit", "inherit"], env: { ...env, ...more } });
    child.stdin.on("error", () => {}); // it may end before it has read all
    let isStopping = false;
    const stop = async () => {
      if (isStopping) return;
      isStopping = true;
      await whenStopped(child.pid, stopToo);
      isStopping = false;
    };
    process.on("SIGTSTP", stop);
    const ended = new Promise<{ code: number | null; signal: string | null }>((done, fail) => {
      child.once("error", fail);
      child.once("exit", (code, signal) => done({ code, signal }));
    })
      .then(async (end) => {
        if (end.code !== 0) await setTerminalModes(modes);
        return end;
      })
      .finally(() => {
        process.off("SIGTSTP", stop);
        open = undefined;
      });
    open = { child, gone: ended.catch(() => {}) };
    return { input: child.stdin, ended };
  }

  return {
    find() {
      const named = env.PAGER?.trim() || undefined;
      const words = wordsOf(named ?? "less -R");
      if (!words) return `PAGER is more than a program and its arguments: ${named}`;
      const [word = "", ...args] = words;
      const path = programOf(word, env);
      if (path === undefined)
        return named === undefined
          ? "There is no pager here: install less, or name one in PAGER."
          : `There is no ${word} here, which PAGER names.`;
      const name = basename(word);
      // An option to quit where all fits on one screen would show it for no longer than a blink.
      const stays = name === "less" && basename(realpathSync(path)) !== "busybox" ? ["-+F"] : [];
      const more = name === "less" && env.LESS === undefined ? { LESS: "R" } : {};
      return {
        name,
        coloured: showsColours(name, args, { ...env, ...more }.LESS),
        prints: name === "cat",
        open: () => start(path, [...args, ...stays], more),
      };
    },
    async leave() {
      if (!open) return;
      const { child, gone } = open;
      child.kill("SIGTERM");
      child.kill("SIGCONT");
      await Promise.race([gone, sleep(leaveMs)]);
    },
  };
}

/** The words of a command line; undefined where a shell would do more than to run a program with arguments. */
function wordsOf(line: string): readonly string[] | undefined {
  const { commands, problems } = shellWords(line);
  const [command, ...more] = commands;
  if (!command || command.operator !== undefined || more.length > 0 || problems.length > 0) return undefined;
  return command.words.some(({ shell }) => shell.length > 0)
    ? undefined
    : command.words.map(({ text }) => text);
}

/** A pager that is ended puts the terminal in order for so long at most, in ms. */
const leaveMs = 500;

/** Those that show colours without being told to. */
const colourful = ["bat", "batcat", "cat", "moar", "moor", "more", "ov"];

function showsColours(name: string, args: readonly string[], less = ""): boolean {
  const options =
    name === "less" ? [...args, ...less.split(/\s+/).map((word) => word.replace(/^-?(?!-)/, "-"))] : args;
  const isRaw = (option: string) => /^(-[A-Za-z]*[rR]|--raw-control-chars$)/i.test(option);
  return colourful.includes(name) || options.some(isRaw);
}

/** Where a program is, as a shell would find it. */
function programOf(word: string, { PATH = "" }: NodeJS.ProcessEnv): string | undefined {
  if (word.includes("/")) return isProgram(resolve(word)) ? resolve(word) : undefined;
  const folders = PATH.split(delimiter).filter(isAbsolute);
  return folders.map((folder) => join(folder, word)).find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** The modes of the terminal as stty writes them; a pager that is killed leaves others. */
function terminalModes(): Promise<string | undefined> {
  return stty("-g").then((modes) => modes.trim() || undefined);
}

async function setTerminalModes(modes: string | undefined): Promise<void> {
  if (modes !== undefined) await stty(modes);
}

/** What stty says of the terminal, or does to it; nothing where there is no stty. */
function stty(word: string): Promise<string> {
  return new Promise((done) => {
    const child = spawn("stty", [word], { stdio: ["inherit", "pipe", "ignore"] });
    let said = "";
    child.stdout.on("data", (bytes: Buffer) => {
      said += bytes.toString("latin1");
    });
    child.on("error", () => done(""));
    child.on("close", () => done(said));
  });
}

/** So often, in ms, it is looked whether a program has stopped. */
const lookMs = 20;

/**
 * Waits until a program that the terminal told to stop has put it in order and stopped. One that hears it too late to
 * stop at once, as less may, stops at its next key; one that goes on is left.
 */
async function whenStopped(pid: number | undefined, then: () => Promise<void>): Promise<void> {
  for (let state = stateOf(pid); state !== "" && state !== "Z"; state = stateOf(pid)) {
    if (state === "T") return then();
    await sleep(lookMs);
  }
}

function stateOf(pid: number | undefined): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2, stat.lastIndexOf(")") + 3);
  } catch {
    return "";
  }
}
