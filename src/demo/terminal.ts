import { runLine, type ShellSurroundings } from "./shell.ts";

/** Where an interactive shell prints, and how it says that it ended. */
export type ShellOutput = { print: (text: string) => void; exit: (code: number) => void };

/** A shell one can type into; `hangUp` says that nothing more will be typed, which a terminal does not notice. */
export type TypedShell = { type(text: string): void; hangUp(): void };

const toTerminal = (text: string): string => text.replace(/\n/g, "\r\n");

/** Opens a shell on a TTY: prompt, echo, backspace, Ctrl-C, Ctrl-D, Ctrl-L, Ctrl-U and history with the arrows. */
export function openTerminal(around: ShellSurroundings, { print, exit }: ShellOutput): TypedShell {
  const prompt = "/ # ";
  const history: string[] = [];
  let line = "";
  let place = 0;
  let code = 0;
  let ended = false;
  const replace = (text: string) => {
    print(`\r\u001b[K${prompt}${text}`);
    line = text;
  };
  const end = () => {
    ended = true;
    exit(code);
  };
  const enter = () => {
    print("\r\n");
    const outcome = runLine(line, around, code);
    if (line.trim() !== "") history.push(line);
    [line, place, code] = ["", history.length, outcome.code];
    print(toTerminal(outcome.text));
    if (outcome.exits) end();
    else print(prompt);
  };
  const recall = (step: number) => {
    place = Math.max(0, Math.min(history.length, place + step));
    replace(history[place] ?? "");
  };
  const erase = () => {
    if (line === "") return;
    line = [...line].slice(0, -1).join("");
    print("\b \b");
  };
  const keys: Readonly<Record<string, () => void>> = {
    "\r": enter,
    "\n": enter,
    "\u007f": erase,
    "\b": erase,
    "\u0003": () => {
      [line, code] = ["", 130];
      print(`^C\r\n${prompt}`);
    },
    "\u0004": () => {
      if (line === "") end();
    },
    "\u000c": () => print(`\u001b[H\u001b[2J${prompt}${line}`),
    "\u0015": () => replace(""),
    "\u001b[A": () => recall(-1),
    "\u001b[B": () => recall(1),
  };
  print(prompt);
  return {
    type(text) {
      for (const key of text.match(/\u001b\[[0-9;]*[A-Za-z~]|[\s\S]/gu) ?? []) {
        if (ended) return;
        const act = keys[key];
        if (act !== undefined) act();
        else if (key >= " ") {
          line += key;
          print(key);
        }
      }
    },
    hangUp: () => undefined,
  };
}

/** Opens a shell without a TTY: it reads whole lines, and neither prompts nor echoes. */
export function openPipe(around: ShellSurroundings, { print, exit }: ShellOutput): TypedShell {
  let rest = "";
  let code = 0;
  let ended = false;
  return {
    type(text) {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        if (ended) return;
        const outcome = runLine(line, around, code);
        code = outcome.code;
        if (outcome.text !== "") print(outcome.text);
        ended = outcome.exits;
      }
      if (ended) exit(code);
    },
    hangUp() {
      if (!ended) this.type(`${rest}\nexit\n`);
    },
  };
}
