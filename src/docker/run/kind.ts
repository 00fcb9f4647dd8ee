import { cleanLine } from "../../format/clean.ts";
import type { Pair } from "./spec.ts";

/** A value read from text, or what is wrong with the text: the rest of a sentence that begins with the text. */
export type Parsed<Value> = { value: Value } | { problem: string };

/** What a flag or a field takes: how it is named in a help text, read and written. `parse(print(value))` is the value. */
export type Kind<Value> = {
  takes: string;
  parse(text: string): Parsed<Value>;
  print(value: Value): string;
};

/** A value that was read. */
export function ok<Value>(value: Value): Parsed<Value> {
  return { value };
}

/** What is wrong with a text, as "is not a size: 512m, 2g". */
export function no(problem: string): { problem: string } {
  return { problem };
}

/** A text that stays as it is, and must look like `pattern`; else it is not `wanted` ("a size: 512m, 2g"). */
export function words(takes: string, pattern: RegExp, wanted: string): Kind<string> {
  return {
    takes,
    parse: (text) => (pattern.test(text) ? ok(text) : no(`is not ${wanted}`)),
    print: (text) => text,
  };
}

/** Any text but none. */
export function anyText(takes: string): Kind<string> {
  return words(takes, /./s, `${/^[aeiou]/.test(takes) ? "an" : "a"} ${takes}`);
}

/** One of these words. */
export function oneOf<Word extends string>(...allowed: readonly Word[]): Kind<Word> {
  return {
    takes: allowed.join("|"),
    parse(text) {
      const found = allowed.find((word) => word === text);
      return found === undefined ? no(`is not one of ${allowed.join(", ")}`) : ok(found);
    },
    print: (word) => word,
  };
}

/** A whole number between these two. */
export function whole(min: number, max: number, takes = "number"): Kind<number> {
  const range = max === Number.MAX_SAFE_INTEGER ? `from ${min} on` : `from ${min} to ${max}`;
  return {
    takes,
    parse(text) {
      const value = /^[+-]?\d+$/.test(text) ? Number(text) : Number.NaN;
      return value >= min && value <= max ? ok(value) : no(`is not a whole number ${range}`);
    },
    print: String,
  };
}

/** Reads each of several values, or says what is wrong with the first that is wrong. */
export function each<Value>(texts: readonly string[], kind: Kind<Value>): Parsed<readonly Value[]> {
  const values: Value[] = [];
  for (const text of texts) {
    const parsed = kind.parse(text);
    if ("problem" in parsed) return texts.length > 1 ? no(`has ${text}, which ${parsed.problem}`) : parsed;
    values.push(parsed.value);
  }
  return ok(values);
}

/** Several values in one line, as a field of a form holds them ("8080:80 443:443/udp"), by spaces. */
export function spaced<Value>(kind: Kind<Value>): Kind<readonly Value[]> {
  return {
    takes: `${kind.takes} …`,
    parse: (text) => each(text.split(/\s+/).filter(Boolean), kind),
    print: (values) => values.map((value) => kind.print(value)).join(" "),
  };
}

/** The whole sentence about a text: "--memory 12x is not a size: 512m, 2g"; clean and not too long. */
export function sentence(subject: string, text: string, problem: string): string {
  const shown = text === "" ? "(nothing)" : text;
  return `${shortened(subject === "" ? shown : `${subject} ${shown}`)} ${cleanLine(problem)}`;
}

/** A text of a stranger inside a sentence: clean, and at most 120 characters. */
export function shortened(text: string): string {
  const clean = cleanLine(text);
  return clean.length > 120 ? `${clean.slice(0, 119)}…` : clean;
}

/** The fields of one line of comma-separated values (RFC 4180, as Go's encoding/csv); undefined for a broken quote. */
export function csvFields(text: string): string[] | undefined {
  const fields: string[] = [];
  let rest = text;
  while (true) {
    const match = /^(?:"((?:[^"]|"")*)"|([^",]*))(,|$)/.exec(rest);
    if (match === null) return undefined;
    fields.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? "");
    if (match[3] === "") return fields;
    rest = rest.slice(match[0].length);
  }
}

/** Fields as one line of comma-separated values, quoted where needed. */
export function csvLine(fields: readonly string[]): string {
  return fields
    .map((field) => (/[",\n\r]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field))
    .join(",");
}

/** Names with values as one object; of two with the same name the last one holds. */
export function fromPairs(pairs: readonly Pair[]): Record<string, string> {
  return Object.fromEntries(pairs.map(({ key, value }) => [key, value]));
}
