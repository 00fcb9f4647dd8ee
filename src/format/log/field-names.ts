import type { Structured } from "./structure.ts";
import { harmless, moreFields } from "./structured-line.ts";

/** A field of structured lines: how many of them have it, and the first value found that says something, harmless. */
export type FieldCount = { key: string; lines: number; example: string };

/** So many different names are told apart at most: some programs make names of what they count. */
const mostNames = 2_000;

/** The fields that these lines have, those of most lines first. */
export function countFields(lines: Iterable<Structured>): FieldCount[] {
  const found = new Map<string, FieldCount>();
  for (const { fields } of lines)
    for (const [key, value] of new Map(fields)) {
      const count = found.get(key);
      if (count) addTo(count, value);
      else if (key !== moreFields && found.size < mostNames)
        found.set(key, { key, lines: 1, example: value });
    }
  const all = [...found.values()].sort((a, b) => b.lines - a.lines);
  return all.map((count) => ({ ...count, example: harmless(count.example.slice(0, 100)) }));
}

function addTo(count: FieldCount, value: string): void {
  count.lines += 1;
  if (count.example === "" || count.example === "null") count.example = value;
}

/** Names as a person types them: `status,path,"two words"`. */
export function writeNames(keys: readonly string[]): string {
  return keys.map((key) => written(harmless(key))).join(",");
}

function written(name: string): string {
  return /^[^\s",]+$/.test(name) ? name : `"${name.replace(/["\\]/g, "\\$&")}"`;
}

const token = /"((?:[^"\\]|\\.)*)"|[^\s,]+/g;
/** What is painted anyway, in front and last. */
const standing: ReadonlySet<string> = new Set(["time", "level", "message"]);

/** The fields that a typed text names, by commas or blanks, each once; capitals count only to tell two apart. */
export function readNames(
  text: string,
  keys: readonly string[],
): { fields: readonly string[] } | { fault: string } {
  const fields = new Set<string>();
  for (const [bare, quoted] of text.matchAll(token)) {
    const name = quoted === undefined ? bare : quoted.replace(/\\(.)/g, "$1");
    const key = keyNamed(name, keys);
    if (key === undefined) return { fault: unknown(name) };
    fields.add(key);
  }
  return { fields: [...fields] };
}

function keyNamed(name: string, keys: readonly string[]): string | undefined {
  const same = (key: string) => harmless(key).toLowerCase() === name.toLowerCase();
  return keys.find((key) => harmless(key) === name) ?? keys.find(same);
}

function unknown(name: string): string {
  if (standing.has(name.toLowerCase()))
    return "Time and level stand in front, the message has a switch of its own.";
  return `No line looked at has a field ${name}.`;
}

/**
 * The columns after a form: those typed in their order, then those that were ticked. What was changed counts, whether
 * it was taken out of the text or its tick was taken away.
 */
export function chosenFields(
  before: readonly string[],
  typed: readonly string[],
  ticks: ReadonlyMap<string, boolean>,
): string[] {
  const kept = typed.filter((key) => !(before.includes(key) && ticks.get(key) === false));
  const added = [...ticks].flatMap(([key, on]) => (on && !before.includes(key) ? [key] : []));
  return [...new Set([...kept, ...added])];
}
