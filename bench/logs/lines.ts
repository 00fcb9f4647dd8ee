/** How lines of a log are written. */
export type Kind = (typeof kinds)[number];

/** The kinds that are measured: each is read by another path of the program. */
export const kinds = ["plain", "json", "coloured", "tabbed", "cyrillic"] as const;

/** Searches: found in no line, in one of a thousand, and in each; as a text and as an expression. */
export const searches = [
  "zebra",
  "timed out",
  "request",
  "/zebra|quagga/",
  "/timed? out after \\d+/",
  "/req(uest)? \\w+/",
  "/\\d+ ?ms/",
] as const;

const paths = ["/api/users", "/api/orders", "/healthz", "/assets/app.js", "/login"];

/** A line such as programs write, about 85 characters of text; `#0000042` tells which one it is. */
export function lineOf(kind: Kind, number: number): string {
  const level = number % 50 === 0 ? "ERROR" : number % 9 === 0 ? "WARN" : "INFO";
  const path = `${paths[number % paths.length]}/${(number * 7919) % 10_000}`;
  const ms = (number * 31) % 900;
  const id = `#${String(number).padStart(7, "0")}`;
  const what = number % 1000 === 0 ? `request timed out after ${ms}` : `request GET ${path}`;
  const user = number % 77;
  if (kind === "json")
    return JSON.stringify({ level: level.toLowerCase(), id, msg: what, took: `${ms}ms`, user });
  if (kind === "tabbed") return `${level}\t${id}\t${what}\ttook ${ms} ms\tfor user ${user}`;
  if (kind === "cyrillic") return `${level} ${id} ${what} за ${ms} ms, пользователь ${user}`;
  const text = `${id} [worker-${number % 8}] ${what} took ${ms} ms for user ${user}`;
  const shown = level.padEnd(5);
  return kind === "plain" ? `${shown} ${text}` : `\x1b[${level === "INFO" ? 32 : 31}m${shown}\x1b[0m ${text}`;
}

/** The first so many lines of a kind. */
export function* linesOf(kind: Kind, count: number): Generator<string> {
  for (let number = 1; number <= count; number += 1) yield lineOf(kind, number);
}

/** The numbers of the lines that stand on a screen. */
export function numbersOn(screen: string): number[] {
  return Array.from(screen.matchAll(/#(\d{7})/g), ([, number]) => Number(number));
}
