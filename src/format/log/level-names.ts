/** How grave a log line is. */
export type Level = "fatal" | "error" | "warn" | "info" | "debug" | "trace";

/** All levels, the gravest first. */
export const levels: readonly Level[] = ["fatal", "error", "warn", "info", "debug", "trace"];

const names: ReadonlyMap<string, Level> = new Map<string, Level>(
  (
    [
      ["fatal", "fatal fata ftl panic pani pnc dpanic critical crit emerg emergency alert"],
      ["error", "error erro err severe fail"],
      ["warn", "warn warning wrn"],
      ["info", "info information informational inf notice note system log"],
      ["debug", "debug debu dbg dbug fine"],
      ["trace", "trace trac trc trce finer finest verbose vrb silly"],
    ] as const
  ).flatMap(([level, words]) => words.split(" ").map((word) => [word, level] as const)),
);

const letters: ReadonlyMap<string, Level> = new Map<string, Level>([
  ["C", "fatal"],
  ["F", "fatal"],
  ["E", "error"],
  ["W", "warn"],
  ["I", "info"],
  ["N", "info"],
  ["D", "debug"],
]);

/** The level that programs call so, in any case ("ERR", "Information", "crit"); undefined for any other word. */
export function levelNamed(word: string): Level | undefined {
  return names.get(word.trim().toLowerCase());
}

/** The level of a capital ("E", "W", "I" …) as klog, Ruby and MongoDB write it; undefined for any other. */
export function levelLettered(letter: string): Level | undefined {
  return letters.get(letter);
}

const syslog: readonly Level[] = ["fatal", "fatal", "fatal", "error", "warn", "info", "info", "debug"];
const byTens: readonly (Level | undefined)[] = [
  undefined,
  "trace",
  "debug",
  "info",
  "warn",
  "error",
  "fatal",
];

/** The level of a number: 0–7 as syslog counts (GELF, journald), 10–69 as pino and bunyan do; undefined beyond. */
export function levelNumbered(number: number): Level | undefined {
  return number < 8 ? syslog[number] : byTens[Math.floor(number / 10)];
}
