import { columnLevel, isLead } from "./level-column.ts";
import { type Level, levelLettered, levelNamed, levelNumbered } from "./level-names.ts";

export { type Level, levels } from "./level-names.ts";

/** Of a line only this much is looked at: levels stand in front, in JSON and logfmt sometimes behind the message. */
const headLength = 200;
const fieldsLength = 8192;

type Phrase = readonly [pattern: RegExp, level: Level | typeof levelNamed];

/** Lines that say how grave they are without a level: an anchored pattern, and its level or the group that names it. */
const phrases: readonly Phrase[] = [
  [/^([IWEF])\d{4,6} \d\d:\d\d:\d\d/, levelLettered], // klog, glog
  [/^([DIWEF]), \[/, levelLettered], // Ruby
  [/^\[([DIWEC]) \d/, levelLettered], // Tornado, Jupyter
  [/^(TRAC|DEBU|INFO|WARN|ERRO|FATA|PANI)\[\d+\]/, levelNamed], // logrus
  [/^=(\w+) REPORT====/, levelNamed], // Erlang
  [/^PHP (?:Fatal|Parse|Recoverable fatal) error: /, "fatal"],
  [/^PHP (?:Warning|Deprecated|Notice): /, "warn"],
  [/^npm (?:ERR!|error) /, "error"],
  [/^npm (?:WARN|warn) /, "warn"],
  [/^(?:fatal error: |runtime: out of memory)/, "fatal"], // Go
  [/^thread '[^']*' (?:\(\d+\) )?panicked at/, "fatal"], // Rust
  [/^Unhandled exception[.:]/, "fatal"], // .NET
  [/^Traceback \(most recent call last\)/, "error"],
  [/^(?:Exception in thread "|Caused by: |Uncaught )/, "error"],
  [/^(?:[\w$]+\.)*[A-Z]\w*(?:Error|Exception)(?:: | \[|:?$)/, "error"],
  [/^error\[\w+\]: /, "error"],
  [/^make(?:\[\d+\])?: \*\*\* /, "error"],
  [/^\(node:\d+\) (?:\[\w+\] )?(?:\w*Warning|\w*Rejection): /, "warn"],
  [/^\S+:\d+: \w*Warning: /, "warn"], // Python's warnings
  [/^OpenJDK [\w -]{1,40}warning: /, "warn"],
];

/** The same for lines that begin with a digit. */
const datedPhrases: readonly Phrase[] = [
  [/^\d{4}\S+ +([DIWEF])\d? +[A-Z]+ +\[/, levelLettered], // MongoDB before 4.4
  [/^\d{4}\S+ \S+ ([DINWEC]) \| /, levelLettered], // etcd before 3.5
];

const inJson =
  /"(?:@?level|@l|lvl|log[._]?level|level_?name|severity|severity_text|PRIORITY)"\s*:\s*(?:"([^"]{1,16})"|(\d{1,2})\b)/i;
const inMongo = /^\{"t":\{"\$date":"[^"]*"\},"s":"([FEWID])/;
const inLogfmt =
  /(?:^|\s)(?:level|lvl|severity|log\.?level|levelname)=(?:"([^"]{1,16})"|([A-Za-z]{1,13})(?=[\s,]|$))/;
const quoted = /"[^"\\]*(?:\\.[^"\\]*)*"/g;

/**
 * How grave a plain log line says it is, by its level field or column, as the programs people run write them;
 * undefined when it says nothing: words within a sentence do not count.
 */
export function levelOf(text: string): Level | undefined {
  const head = text.length > headLength ? text.slice(0, headLength) : text;
  return priorityLevel(head) ?? fieldLevel(text) ?? phraseLevel(head) ?? columnLevel(head);
}

/** Syslog's `<facility * 8 + severity>`, as the kernel and RFC 5424 write it. */
function priorityLevel(head: string): Level | undefined {
  if (head.charCodeAt(0) !== 60) return undefined;
  const priority = Number(/^<(\d{1,3})>/.exec(head)?.[1] ?? Number.NaN);
  return priority <= 191 ? levelNumbered(priority % 8) : undefined;
}

function fieldLevel(text: string): Level | undefined {
  const isJson = text.includes('{"') || text.startsWith("{");
  if (!isJson && !text.includes("=")) return undefined;
  const part = text.slice(0, fieldsLength);
  if (isJson) return jsonLevel(part);
  if (!inLogfmt.test(part)) return undefined;
  const fields = part.replace(quoted, (value) => (/\s/.test(value) ? '""' : value)); // what stands in a message is no field
  const found = inLogfmt.exec(fields);
  return found && isLead(fields.slice(0, found.index)) ? levelNamed(found[1] ?? found[2] ?? "") : undefined;
}

function jsonLevel(text: string): Level | undefined {
  const mongo = inMongo.exec(text)?.[1];
  if (mongo !== undefined) return levelLettered(mongo);
  const [, word, number] = inJson.exec(text) ?? [];
  if (word !== undefined) return /^\d+$/.test(word) ? levelNumbered(Number(word)) : levelNamed(word);
  return number === undefined ? undefined : levelNumbered(Number(number));
}

function phraseLevel(head: string): Level | undefined {
  for (const [pattern, level] of /^\d/.test(head) ? datedPhrases : phrases) {
    const found = pattern.exec(head);
    if (found !== null) return typeof level === "string" ? level : level(found[1] ?? "");
  }
  return undefined;
}
