/** What a scripted shell knows of the container around it. */
export type ShellSurroundings = {
  hostname: string;
  os: string;
  env: readonly string[];
  processes: readonly string[];
  size: () => { rows: number; columns: number };
  now: () => number;
};

/** What a line prints, its exit code, and whether it ends the shell. */
export type Outcome = { text: string; code: number; exits: boolean };

type Command = (words: readonly string[], around: ShellSurroundings, lastCode: number) => Outcome;

const said = (text: string, code = 0): Outcome => ({ text, code, exits: false });

const files = "bin\ndev\netc\nhome\nproc\nroot\nsys\ntmp\nusr\nvar\n";

function cat(words: readonly string[], around: ShellSurroundings): Outcome {
  const [path = ""] = words;
  if (path === "/etc/os-release")
    return said(`PRETTY_NAME="${around.os}"\nID=demo\nHOME_URL="https://example.org/"\n`);
  if (path === "/etc/hostname") return said(`${around.hostname}\n`);
  return said(`cat: ${path}: No such file or directory\n`, 1);
}

function echo(words: readonly string[], around: ShellSurroundings, lastCode: number): Outcome {
  const variables = new Map(
    around.env.map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]),
  );
  const text = words
    .join(" ")
    .replace(/\$(\?|\w+)/g, (_, name: string) =>
      name === "?" ? String(lastCode) : (variables.get(name) ?? ""),
    );
  return said(`${text}\n`);
}

const commands: Readonly<Record<string, Command>> = {
  cat,
  echo,
  ls: () => said(files),
  pwd: () => said("/\n"),
  true: () => said(""),
  false: () => said("", 1),
  whoami: () => said("root\n"),
  id: () => said("uid=0(root) gid=0(root) groups=0(root)\n"),
  clear: () => said("\u001b[H\u001b[2J"),
  hostname: (_, around) => said(`${around.hostname}\n`),
  uname: () => said("Linux\n"),
  date: (_, around) => said(`${new Date(around.now()).toUTCString()}\n`),
  env: (_, around) => said(`${[...around.env, `HOSTNAME=${around.hostname}`].join("\n")}\n`),
  ps: (_, around) =>
    said(
      `PID   USER     TIME  COMMAND\n${around.processes.map((line, index) => `${String(index === 0 ? 1 : index + 28).padStart(5)} root      0:00 ${line}\n`).join("")}`,
    ),
  stty: ([what], around) =>
    said(
      what === "size" ? `${around.size().rows} ${around.size().columns}\n` : "speed 38400 baud; line = 0;\n",
    ),
  exit: ([code], _, lastCode) => ({
    text: "",
    code: code === undefined ? lastCode : Number(code) & 255,
    exits: true,
  }),
};

const wordsOf = (text: string): string[] =>
  [...text.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? "",
  );

/** Runs one command given as words; unknown ones answer 127. */
export function runWords(words: readonly string[], around: ShellSurroundings, lastCode = 0): Outcome {
  const [name = "", ...rest] = words;
  if (name === "") return said("", lastCode);
  const base = name.slice(name.lastIndexOf("/") + 1);
  const command = Object.hasOwn(commands, base) ? commands[base] : undefined;
  return command?.(rest, around, lastCode) ?? said(`sh: ${name}: not found\n`, 127);
}

/** Runs a line, whose commands may be joined by ";" and "&&". */
export function runLine(line: string, around: ShellSurroundings, lastCode = 0): Outcome {
  let total = said("", lastCode);
  for (const sequence of line.split(";")) {
    for (const command of sequence.split("&&")) {
      const outcome = runWords(wordsOf(command), around, total.code);
      total = { ...outcome, text: total.text + outcome.text };
      if (outcome.exits) return total;
      if (outcome.code !== 0) break;
    }
  }
  return total;
}
