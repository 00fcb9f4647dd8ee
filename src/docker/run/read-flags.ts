import { shellQuote } from "../../format/quote.ts";
import { emptySpec } from "./empty-spec.ts";
import type { Flag } from "./flag.ts";
import { flags } from "./flags.ts";
import { sentence, shortened } from "./kind.ts";
import { harmlessFlags, unsupportedFlags } from "./not-supported.ts";
import type { RunSpec } from "./spec.ts";
import type { Word } from "./words.ts";

/** What stands in a line and could not be read, as it was written: the value of a flag, or words of no known flag. */
export type Unread = { flag?: Flag; raw: string };

/** What was read so far, what could not be, and which words are left. */
type Reading = { spec: RunSpec; problems: string[]; unread: Unread[]; rest: readonly Word[] };

/** Reads the flags at the head of these words; what follows them is left over in `rest`. */
export function readFlags(words: readonly Word[]): Reading {
  let reading: Reading = { spec: emptySpec, problems: [], unread: [], rest: words };
  while (true) {
    const [word, ...rest] = reading.rest;
    if (word === undefined) return reading;
    if (word.text === "--" && word.shell.length === 0) return { ...reading, rest };
    if (/^[\u2010-\u2015\u2212]/.test(word.text)) {
      const meant = word.text.replace(/^[\u2010-\u2015\u2212]+-?/, word.text.length > 3 ? "--" : "-");
      reading.problems.push(
        `${shortened(word.text)} begins with a typographic dash: write ${shortened(meant)}`,
      );
      // Its value goes with it: it would be taken for the image.
      const left = readFlag({ spec: emptySpec, problems: [], unread: [], rest }, { ...word, text: meant });
      leave(reading, undefined, [word, ...rest.slice(0, rest.length - left.rest.length)]);
      reading = { ...reading, rest: left.rest };
      continue;
    }
    if (!/^-./s.test(word.text)) return reading;
    reading = readFlag({ ...reading, rest }, word);
  }
}

function readFlag(reading: Reading, word: Word): Reading {
  return word.text.startsWith("--") ? readLong(reading, word) : readShort(reading, word);
}

/** "--name=value", "--name value", "--switch". */
function readLong(reading: Reading, word: Word): Reading {
  const at = word.text.indexOf("=");
  const name = at < 0 ? word.text : word.text.slice(0, at);
  const value = at < 0 ? undefined : word.text.slice(at + 1);
  const flag = byName.get(name);
  if (flag === undefined) return unknown(reading, name, { word, hasValue: value !== undefined });
  return take(reading, { flag, written: name, value, word });
}

/** "-it", "-p80:80", "-e=A=b", "-dp 80:80": switches, of which the last may be a flag with a value. */
function readShort(reading: Reading, word: Word): Reading {
  let now = reading;
  for (let at = 1; at < word.text.length; at += 1) {
    const written = `-${word.text[at]}`;
    const behind = word.text.slice(at + 1);
    const flag = byName.get(written);
    if (flag?.takes === undefined && !behind.startsWith("=")) {
      now = flag
        ? take(now, { flag, written, value: undefined, word: { ...word, shell: [] } })
        : unknown(now, written, { word: { ...word, raw: written }, hasValue: behind !== "" });
      continue;
    }
    if (flag === undefined)
      return unknown(now, written, { word: { ...word, raw: `-${word.text.slice(at)}` }, hasValue: true });
    const value = behind === "" ? undefined : behind.replace(/^=/, "");
    return take(now, { flag, written, value, word });
  }
  return now;
}

type Given = { flag: Flag; written: string; value: string | undefined; word: Word };

/** Sets what a flag says; the value is the next word where it stands not behind `=`. */
function take(reading: Reading, { flag, written, value, word }: Given): Reading {
  const { problems, unread } = reading;
  const [next, ...after] = reading.rest;
  const needsNext = value === undefined && flag.takes !== undefined;
  if (needsNext && next === undefined) {
    problems.push(`${written} has no value: ${flag.takes}`);
    return reading;
  }
  const rest = needsNext ? after : reading.rest;
  const given = needsNext && next ? next : word;
  const unclear = given.shell.filter((part) => !isGlob(part));
  if (unclear.length > 0) {
    problems.push(...unclear.map(shellSentence));
    unread.push({ flag, raw: needsNext ? given.raw : valueIn(given.raw) });
    return { ...reading, rest };
  }
  const text = value ?? (needsNext ? (next?.text ?? "") : "true");
  const read = flag.read(reading.spec, text);
  if ("value" in read) return { ...reading, rest, spec: read.value };
  problems.push(sentence(written, text, read.problem));
  unread.push({ flag, raw: flag.takes === undefined ? word.raw : shellQuote([text]) });
  return { ...reading, rest };
}

/** A sign for the names of files: behind a flag there are none, and sh hands it on as it is. */
export function isGlob(part: string): boolean {
  return /^[*?[]/.test(part);
}

/** What stands behind the flag in one word: "--volume=$PWD:/x", "-v$PWD:/x". */
function valueIn(raw: string): string {
  return raw.replace(/^(["']?)(?:--[\w-]+=|-\w=?)/, "$1");
}

/** Keeps words that are no flag of ours, as they were written. */
function leave({ unread }: Reading, flag: Flag | undefined, words: readonly Word[]): void {
  unread.push({ ...(flag ? { flag } : {}), raw: words.map(({ raw }) => raw).join(" ") });
}

type Strange = { word: Word; hasValue: boolean };

function unknown(reading: Reading, name: string, { word, hasValue }: Strange): Reading {
  const known = unsupportedFlags[name] ?? harmlessFlags[name];
  const why = unsupportedFlags[name]?.why;
  if (known === undefined) return strange(reading, name, { word, hasValue });
  const values = known.takes && !hasValue ? 1 : 0;
  if (why) {
    reading.problems.push(`${name} ${why}`);
    leave(reading, undefined, [word, ...reading.rest.slice(0, values)]);
  }
  return { ...reading, rest: reading.rest.slice(values) };
}

/** Whether the word behind a flag that nobody knows is its value or the image cannot be told. */
function strange(reading: Reading, name: string, { word, hasValue }: Strange): Reading {
  const [next] = reading.rest;
  const problem = `${shortened(name)} is not a flag that dockui knows`;
  const isClear = hasValue || next === undefined || next.text.startsWith("-");
  const open = `, and ${shortened(next?.text ?? "")} may be its value: nothing behind it can be trusted`;
  reading.problems.push(isClear ? problem : `${problem}${open}`);
  leave(reading, undefined, isClear ? [word] : [word, ...reading.rest]);
  return isClear ? reading : { ...reading, rest: [] };
}

/** What is said of a part of a word that only the shell knows. */
export function shellSentence(part: string): string {
  const shown = shortened(part);
  if (/^[“”„«»‘’‚]/.test(part)) return `${shown} has typographic quotes: write " or ' instead`;
  if (/^[*?[]/.test(part)) return `${shown} is the shell's: put it in quotes if the sign itself is meant`;
  if (part.startsWith("{")) return `${shown} is the shell's: write each word out, or put it in quotes`;
  const path = /^(~|\$\(pwd\)|`pwd`|\$\{?(PWD|HOME)\}?$)/.test(part);
  return `${shown} is the shell's: write the ${path ? "path" : "value"} out`;
}

const byName: ReadonlyMap<string, Flag> = new Map(
  flags.flatMap((flag) => [
    ...[flag.name, ...(flag.others ?? [])].map((name) => [`--${name}`, flag] as const),
    ...(flag.short === undefined ? [] : [[`-${flag.short}`, flag] as const]),
  ]),
);
