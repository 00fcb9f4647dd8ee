import { pickKnown } from "./known-fields.ts";
import { levelOf } from "./level.ts";
import type { Structured } from "./structure.ts";

/** A pair with a quoted or a bare value, or any other word; a bare value begins with neither `=` nor `>` (code). */
const token =
  /([A-Za-z_@][\w.@/:-]{0,99})=(?:"([^"\\]*(?:\\.[^"\\]*)*)"(?=\s|$)|((?![=>])[^\s"]*)(?=\s|$))|\S+/g;
const escaped = /\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))/g;
const signs: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };
const mostFields = 64;
/** A line whose first words are no pairs is no logfmt: it is not looked at any further. */
const mostWordsFirst = 8;

type Tokens = { pairs: [key: string, value: string][]; words: string[] };

/** A line of key=value pairs as structure: two at least, and fewer other words than pairs, which join the message. */
export function readLogfmt(text: string): Structured | undefined {
  if (!text.includes("=")) return undefined;
  const { pairs, words } = tokensOf(text);
  if (pairs.length < 2 || words.length >= pairs.length) return undefined;
  const stamp = timeWords(words);
  const { time = stamp.join(" "), level, message, keys } = pickKnown(pairs);
  const rest = words.slice(stamp.length);
  const grave = level ?? levelOf(text);
  const fields = pairs.filter(([key]) => !keys.has(key));
  const more = fields.length - mostFields;
  return {
    kind: "logfmt",
    ...(time !== "" && { time }),
    ...(grave && { level: grave }),
    message: [...(message === undefined ? [] : [message]), ...rest].join(" "),
    fields: more > 0 ? [...fields.slice(0, mostFields), ["…", `${more} more`]] : fields,
    value: undefined,
  };
}

function tokensOf(text: string): Tokens {
  const pairs: Tokens["pairs"] = [];
  const words: string[] = [];
  for (const [word, key, quoted, bare] of text.matchAll(token)) {
    if (key === undefined) words.push(word);
    else pairs.push([key, quoted === undefined ? (bare ?? "") : unquote(quoted)]);
    if (pairs.length === 0 && words.length > mostWordsFirst) break;
  }
  return { pairs, words };
}

function unquote(quoted: string): string {
  if (!quoted.includes("\\")) return quoted;
  return quoted.replace(escaped, (_all, unicode?: string, byte?: string, sign = "") => {
    const code = unicode ?? byte;
    return code === undefined ? (signs[sign] ?? sign) : String.fromCharCode(Number.parseInt(code, 16));
  });
}

/** The words in front that are a time: "2026-11-21 10:00:00", "2026-11-21T10:00:00Z". */
function timeWords(words: readonly string[]): string[] {
  const end = words.findIndex((word) => !/^\[?\d[\d:/.,TZ+-]*\]?$/.test(word));
  return words.slice(0, end < 0 ? words.length : Math.min(end, 2)).filter((word) => /\d[:/.-]\d/.test(word));
}
