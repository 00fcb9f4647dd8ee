import { type Level, levelNamed } from "./level-names.ts";

/** A word that may be a level where it stands: not part of a longer word, a path, a pair or a quotation. */
const candidate =
  /(?<![\w.=&?%@+~$'"`\\-])(?:fatal error|fatal|panic|critical|crit|emerg(?:ency)?|alert|ftl|pnc|error|err|severe|fail|warn(?:ing)?|wrn|notice|note|info(?:rmation)?|inf|system|log|debug|dbug|dbg|fine(?:st|r)?|trace|trce|trc|verbose|vrb)(?![\w.=&?%@+~$'"`\\-])/gi;

/** Words that people also write in capitals, or that are too short to trust: a column only behind a time. */
const needsTime = /^(?:alert|fail|fine|inf|note|notice|wrn|dbg|ftl|pnc|trc|vrb|system|log|trace|emerg)$/i;

const time = /\d[:/.-]\d/;
const brackets = /\[[^[\]]*\]|\([^()]*\)|\{[^{}]*\}|<[^<>]*>/g;

/** The words of a lead that no sentence has: with a digit, a pair, `name:`, signs, dotted names, days, months, zones. */
const column =
  /^(?:\S*\d\S*|[\w.@-]+=\S*|\S*[:|\])>]|[^\w\s]+|\w+(?:[./$@]\w+)+|stdout|stderr|[FP]|Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|[AP]M|[A-Z]{3,4}T|UTC|GMT)$/;
const mostWords = 16;
const mostNames = 2;

/** The level that stands as a column at the front of a line: `ERROR`, `[warn]`, `error:`, `<Error>`. */
export function columnLevel(head: string): Level | undefined {
  candidate.lastIndex = 0; // exec instead of matchAll, which takes twice the time of everything else here
  for (let found = candidate.exec(head); found !== null; found = candidate.exec(head)) {
    const [word] = found;
    const before = head.slice(0, found.index);
    if (isColumn(word, before, head.slice(candidate.lastIndex)))
      return word.includes(" ") ? "fatal" : levelNamed(word);
  }
  return undefined;
}

function isColumn(word: string, before: string, after: string): boolean {
  const open = openBracket(before);
  if (open >= 0) return isBracketed(word, before.slice(open + 1), after) && isLead(before.slice(0, open));
  const isUpper = word === word.toUpperCase();
  if (/^ ?:(?:\s|$)/.test(after) || (isUpper && /^:\w/.test(after))) return isLabel(word, before, after);
  if (isUpper) return isUpperColumn(word, before, after);
  return time.test(before) && isWide(before, after) && isLead(before) && !endsWithName(before);
}

/** `[error]`, `[ info ]`, `[core:error]`, `[main/INFO]`, `[10:00:00 INF]`, `[… ERROR module]`. */
function isBracketed(word: string, inside: string, after: string): boolean {
  if (!/^$|[:/]\s*$|^\s+$/.test(inside) && !(time.test(inside) && /\s$/.test(inside))) return false;
  return /^\s*[\]>]/.test(after) || (word === word.toUpperCase() && /^[\s/]/.test(after));
}

/** `error: …`, unless a count or "none" is all it says. */
function isLabel(word: string, before: string, after: string): boolean {
  if (/^\s?:\s*(?:\d+|no|none|null|nil|false|true|undefined|ok|off|on)\W*$/i.test(after)) return false;
  if (word.toLowerCase() === "log" && word !== "LOG") return false;
  return isLead(before) && (word === word.toUpperCase() || !endsWithName(before));
}

function isUpperColumn(word: string, before: string, after: string): boolean {
  if (!/^(?:[\s|!,]|$)/.test(after)) return false;
  const isTimed = time.test(before);
  if (!isTimed && (needsTime.test(word) || /(?:^|\s)\d+\s*$/.test(before))) return false;
  return isLead(before);
}

/** A tab, or what is left of one: the lower case words of Istio and zap stand in columns. */
function isWide(before: string, after: string): boolean {
  return /(?:\t|\s\s)$/.test(before) || /^(?:\t|\s\s)/.test(after);
}

/** Where the last bracket opens that is not closed again; -1 when there is none. */
function openBracket(before: string): number {
  const at = Math.max(before.lastIndexOf("["), before.lastIndexOf("<"));
  return at >= 0 && !/[\]>]/.test(before.slice(at)) ? at : -1;
}

/**
 * Whether a text is what programs put in front of a level: times, names in brackets, pairs, process ids, and behind
 * a time two bare names at most (host, thread). Anything like a sentence is not.
 */
export function isLead(text: string): boolean {
  const words = text.replace(brackets, " ").split(/\s+/).filter(Boolean);
  if (words.length > mostWords && !words.every((word) => word.includes("="))) return false;
  if (words.some((word) => /[!?;"'\u2019]$/.test(word) && !word.includes("="))) return false;
  const bare = words.filter((word) => !column.test(word));
  return bare.length === 0 || (bare.length <= mostNames && time.test(text) && bare.every(isName));
}

function isName(word: string): boolean {
  return /^[\w-]+$/.test(word);
}

function endsWithName(before: string): boolean {
  const last = before.replace(brackets, "]").trimEnd().split(/\s+/).at(-1) ?? "";
  return last !== "" && !column.test(last);
}
