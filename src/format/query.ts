/** One word of a query; what stood in quotes is searched as it stands. */
export type Term = { word: string; prefix?: string; negated: boolean; quoted?: boolean };

/** The prefixes of labels, which every object may have. */
const labelPrefixes: ReadonlySet<string> = new Set(["label", "value"]);

/** Quotes around a word, or around what follows its prefix: up to one that a blank follows, or as far as is typed. */
const inQuotes = /^(!?(?:label:[^\s=]+=|[a-z]+:)?)(["'])(.*?)(?:\2(?=\s|$)|$)/s;

/**
 * The words of a query; `prefixes` are those with a meaning, any other colon is part of the word (`nginx:1.27`). A
 * word that is only a prefix or only `!` is still being typed and says nothing.
 */
export function parseQuery(query: string, prefixes: ReadonlySet<string>): Term[] {
  const terms: Term[] = [];
  let rest = query.trimStart();
  while (rest !== "") {
    const [quoted, head = "", , inside = ""] = inQuotes.exec(rest) ?? [];
    const [plain = ""] = /^\S+/.exec(rest) ?? [];
    const term = toTerm(quoted === undefined ? plain : head + inside, prefixes);
    if (term.word !== "") terms.push(quoted === undefined ? term : { ...term, quoted: true });
    rest = rest.slice((quoted ?? plain).length).trimStart();
  }
  return terms;
}

function toTerm(part: string, prefixes: ReadonlySet<string>): Term {
  const negated = part.startsWith("!");
  const text = negated ? part.slice(1) : part;
  const [, prefix, word = ""] = /^([a-z]+):(.*)$/s.exec(text) ?? [];
  const isKnown = prefix !== undefined && (labelPrefixes.has(prefix) || prefixes.has(prefix));
  return isKnown ? { word, prefix, negated } : { word: text, negated };
}

/** A plain word: it ranks what it finds, and is searched fuzzily unless it is quoted. */
export function isFuzzy({ prefix, negated }: Term): boolean {
  return prefix === undefined && !negated;
}
