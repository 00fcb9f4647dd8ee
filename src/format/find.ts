import { type Prepared, prepare, single } from "fuzzysort";

/** What a person can find an object by; all text is clean. */
export type Searchable = {
  /** Searched fuzzily by plain words, the most telling first; the keys name the columns whose hits are shown. */
  fields: Readonly<Record<string, string>>;
  /** Searched fuzzily as `key=value`, exactly by `label:`. */
  labels: Readonly<Record<string, string>>;
  /** Searched by a word with that prefix, `health:unhealthy`: part of the value, upper or lower case. */
  exact: Readonly<Record<string, readonly string[]>>;
};

/** One word of a query. */
export type Term = { word: string; prefix?: string; negated: boolean };

/** Finds among items; best match first while there is a plain word, else in the given order. */
export type Finder<Item> = {
  find(items: readonly Item[], query: string): readonly Item[];
  /** The letters of a field (by index) that the query's plain words hit. */
  hits(item: Item, field: string, query: string): readonly number[];
};

/** How well a fuzzy match must fit (1 is exact): a name may be scattered letters, a label or an id hardly. */
const enough: Readonly<Record<string, number>> = { name: 0.5, image: 0.5, state: 0.7 };
const enoughElsewhere = 0.7;
const labelWeight = 0.6;
/** Kept texts beyond this are forgotten and prepared anew when needed. */
const keptTexts = 100_000;

/**
 * The words of a query; `prefixes` are those with a meaning, any other colon is part of the word (`nginx:1.27`). A
 * word that is only a prefix or only `!` is still being typed and says nothing.
 */
export function parseQuery(query: string, prefixes: ReadonlySet<string>): Term[] {
  return query
    .split(/\s+/)
    .map((part) => {
      const negated = part.startsWith("!");
      const text = negated ? part.slice(1) : part;
      const [, prefix, word] = /^([a-z]+):(.*)$/.exec(text) ?? [];
      return prefix !== undefined && (prefix === "label" || prefixes.has(prefix))
        ? { word: word ?? "", prefix, negated }
        : { word: text, negated };
    })
    .filter(({ word }) => word !== "");
}

/** A text that is searched again and again, with the answer to the last question; shared by all items that have it. */
type Target = { text: string; prepared: Prepared; word: string; score: number };
type Prepped = { of: Searchable; fields: [string, Target][]; labels: Target[] };

/** A finder over items that are described by `describe`; descriptions are kept as long as their items are. */
export function createFinder<Item extends object>(describe: (item: Item) => Searchable): Finder<Item> {
  const prepped = new WeakMap<Item, Prepped>();
  let targets = new Map<string, Target>();

  const target = (text: string): Target => {
    const known = targets.get(text);
    if (known) return known;
    if (targets.size >= keptTexts) targets = new Map();
    const made = { text, prepared: prepare(text), word: "", score: 0 };
    targets.set(text, made);
    return made;
  };
  const prep = (item: Item): Prepped => {
    const known = prepped.get(item);
    if (known) return known;
    const of = describe(item);
    const made: Prepped = {
      of,
      fields: Object.entries(of.fields).map(([field, text]) => [field, target(text)]),
      labels: Object.entries(of.labels).map(([key, value]) => target(`${key}=${value}`)),
    };
    prepped.set(item, made);
    return made;
  };

  return {
    find(items, query) {
      const first = items[0];
      if (query.trim() === "" || !first) return items;
      const terms = parseQuery(query, new Set(Object.keys(prep(first).of.exact)));
      let found = items.map((item) => ({ item, score: 0 }));
      for (const term of terms) {
        found = found.flatMap((entry) => {
          const score = scoreTerm(prep(entry.item), term);
          return score > 0 ? [{ item: entry.item, score: entry.score + score }] : [];
        });
      }
      if (terms.some(isFuzzy)) found.sort((a, b) => b.score - a.score);
      return found.map(({ item }) => item);
    },
    hits(item, field, query) {
      const { of } = prep(item);
      const text = of.fields[field];
      if (text === undefined || query === "") return [];
      return parseQuery(query, new Set(Object.keys(of.exact)))
        .filter(isFuzzy)
        .flatMap(({ word }) => {
          const match = single(word, text);
          return match && match.score >= needed(field) ? match.indexes : [];
        });
    },
  };
}

function isFuzzy({ prefix, negated }: Term): boolean {
  return prefix === undefined && !negated;
}

function needed(field: string): number {
  return enough[field] ?? enoughElsewhere;
}

/** 0 when the term does not let the item through. */
function scoreTerm(item: Prepped, term: Term): number {
  if (term.prefix === undefined && !term.negated) return fuzzy(item, term.word);
  const found = term.prefix === undefined ? plain(item, term.word) : exact(item.of, term.prefix, term.word);
  return found === term.negated ? 0 : 0.01;
}

function fuzzy({ fields, labels }: Prepped, word: string): number {
  let best = 0;
  let weight = 1;
  for (const [field, target] of fields) {
    const score = scoreText(target, word);
    if (score >= needed(field)) best = Math.max(best, score * weight);
    weight = 0.8;
  }
  for (const target of labels) {
    const score = scoreText(target, word);
    if (score >= enoughElsewhere) best = Math.max(best, score * labelWeight);
  }
  return best;
}

function scoreText(target: Target, word: string): number {
  if (target.word !== word) {
    target.score = single(word, target.prepared)?.score ?? 0;
    target.word = word;
  }
  return target.score;
}

/** A negated plain word excludes what holds it literally: a fuzzy "not" would exclude nearly everything. */
function plain({ fields, labels }: Prepped, word: string): boolean {
  const wanted = word.toLowerCase();
  return (
    fields.some(([, { text }]) => text.toLowerCase().includes(wanted)) ||
    labels.some(({ text }) => text.toLowerCase().includes(wanted))
  );
}

function exact(item: Searchable, prefix: string, word: string): boolean {
  if (prefix === "label") {
    const [key = "", ...rest] = word.split("=");
    const value = Object.hasOwn(item.labels, key) ? item.labels[key] : undefined;
    return rest.length === 0 ? value !== undefined : value === rest.join("=");
  }
  const wanted = word.toLowerCase();
  const values = item.exact[prefix] ?? [];
  return prefix === "id"
    ? values.some((value) => value.startsWith(wanted))
    : values.some((value) => value.toLowerCase().includes(wanted));
}
