import { type Prepared, single } from "fuzzysort";
import { isFuzzy, type Term } from "./query.ts";

/** What a person can find an object by; all text is clean. */
export type Searchable = {
  /** Searched fuzzily by plain words, the most telling first; the keys name the columns whose hits are shown. */
  fields: Readonly<Record<string, string>>;
  /** Searched fuzzily as `key=value`, exactly by `label:`. */
  labels: Readonly<Record<string, string>>;
  /** Searched by a word with that prefix, `health:unhealthy`: part of the value, upper or lower case. */
  exact: Readonly<Record<string, readonly string[]>>;
};

/** How well a fuzzy match must fit (1 is exact): a name may be scattered letters, a label or an id hardly. */
const enough: Readonly<Record<string, number>> = { name: 0.5, image: 0.5, state: 0.7 };
const enoughElsewhere = 0.7;
const labelWeight = 0.6;
/** An id is typed from its beginning or pasted: only what is in it as it stands counts. */
export const literalFields: ReadonlySet<string> = new Set(["id"]);
/** A text that is searched again and again, with the answer to the last question; shared by all items that have it. */
export type Target = { text: string; prepared: Prepared; word: string; score: number };
/** An item made ready to be searched. */
export type Prepped = { of: Searchable; fields: [string, Target][]; labels: Target[] };

/** How well a word must fit a field. */
export function needed(field: string): number {
  return enough[field] ?? enoughElsewhere;
}

/** 0 when the term does not let the item through. */
export function scoreTerm(item: Prepped, term: Term): number {
  if (isFuzzy(term)) return fuzzy(item, term.word);
  const found = term.prefix === undefined ? plain(item, term.word) : exact(item.of, term.prefix, term.word);
  return found === term.negated ? 0 : 0.01;
}

function fuzzy({ fields, labels }: Prepped, word: string): number {
  let best = 0;
  let weight = 1;
  for (const [field, target] of fields) {
    const score = literalFields.has(field) ? literal(target.text, word) : scoreText(target, word);
    if (score >= needed(field)) best = Math.max(best, score * weight);
    weight = 0.8;
  }
  for (const target of labels) {
    const score = scoreText(target, word);
    if (score >= enoughElsewhere) best = Math.max(best, score * labelWeight);
  }
  return best;
}

function literal(text: string, word: string): number {
  const at = text.indexOf(word.toLowerCase());
  return at < 0 ? 0 : at === 0 ? 1 : 0.7;
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
