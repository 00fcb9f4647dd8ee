import { prepare, single } from "fuzzysort";
import { isFuzzy, parseQuery, type Term } from "./query.ts";
import { literalFields, needed, type Prepped, type Searchable, scoreTerm, type Target } from "./score.ts";

export { parseQuery, type Term } from "./query.ts";
export type { Searchable } from "./score.ts";

/** Finds among items; best match first while there is a plain word, else in the given order. */
export type Finder<Item> = {
  find(items: readonly Item[], query: string): readonly Item[];
  /** Makes items ready to be searched, so that the first letter typed does not wait for that. */
  warm(items: readonly Item[]): void;
  /** The letters of a field (by index) that the query's plain words hit. */
  hits(item: Item, field: string, query: string): readonly number[];
};

/** The mark of a score that was not computed yet, and how many terms' scores are kept. */
const unknown = -1;
const keptTerms = 32;
/** Kept texts beyond this are forgotten and prepared anew when needed. */
const keptTexts = 100_000;

/** A finder over items that are described by `describe`; descriptions are kept as long as their items are. */
export function createFinder<Item extends object>(describe: (item: Item) => Searchable): Finder<Item> {
  const prepped = new WeakMap<Item, Prepped>();
  let targets = new Map<string, Target>();

  const target = (text: string): Target => {
    const known = targets.get(text);
    if (known) return known;
    if (targets.size >= keptTexts) targets = new Map();
    const made = { lower: text.toLowerCase(), prepared: prepare(text), word: "", score: 0 };
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

  /** Scores of terms that were asked of these very items before: a longer query has only its last word to score. */
  let asked: { items: readonly Item[]; scores: Map<string, Float32Array> } | undefined;
  const scoresOf = (items: readonly Item[], { word, prefix, negated, quoted }: Term): Float32Array => {
    if (asked?.items !== items || asked.scores.size > keptTerms) asked = { items, scores: new Map() };
    const key = JSON.stringify([word, prefix, negated, quoted]);
    const known = asked.scores.get(key) ?? new Float32Array(items.length).fill(unknown);
    asked.scores.set(key, known);
    return known;
  };

  /** The places of the items that all terms let through, best first while there is a fuzzy term. */
  const rank = (items: readonly Item[], terms: readonly Term[]): number[] => {
    let places = Array.from(items.keys());
    const totals = new Float32Array(items.length);
    for (const term of terms) {
      const scores = scoresOf(items, term);
      places = places.filter((place) => {
        let score = scores[place] ?? unknown;
        if (score === unknown) {
          score = scoreTerm(prep(items[place] as Item), term);
          scores[place] = score;
        }
        totals[place] = (totals[place] ?? 0) + score;
        return score > 0;
      });
    }
    return terms.some(isFuzzy) ? bestFirst(places, totals) : places;
  };

  return {
    find(items, query) {
      const first = items[0];
      if (query.trim() === "" || !first) return items;
      const terms = parseQuery(query, new Set(Object.keys(prep(first).of.exact)));
      const found = rank(items, terms);
      return found.map((index) => items[index] as Item);
    },
    warm(items) {
      for (const item of items) prep(item);
    },
    hits(item, field, query) {
      const { of } = prep(item);
      const text = of.fields[field];
      if (text === undefined || query === "") return [];
      return parseQuery(query, new Set(Object.keys(of.exact)))
        .filter(isFuzzy)
        .flatMap(({ word, quoted }) => {
          const at = text.toLowerCase().indexOf(word.toLowerCase());
          if (at >= 0 || quoted || literalFields.has(field)) return lettersFrom(at, word.length);
          const match = single(word, text);
          return match && match.score >= needed(field) ? match.indexes : [];
        });
    },
  };
}

/** By score to three digits, equals in their order: few different scores make that faster than a sort. */
function bestFirst(places: readonly number[], totals: Float32Array): number[] {
  const byScore = new Map<number, number[]>();
  for (const place of places) {
    const score = Math.round((totals[place] ?? 0) * 1000);
    const equals = byScore.get(score);
    if (equals) equals.push(place);
    else byScore.set(score, [place]);
  }
  return [...byScore].sort(([a], [b]) => b - a).flatMap(([, equals]) => equals);
}

function lettersFrom(at: number, length: number): number[] {
  return at < 0 ? [] : Array.from({ length }, (_, index) => at + index);
}
