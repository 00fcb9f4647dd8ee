import { type Prepared, single } from "fuzzysort";
import { isFuzzy, type Term } from "./query.ts";

/** What a person can find an object by; all text is clean. */
export type Searchable = {
  /** Searched fuzzily by plain words, the most telling first; the keys name the columns whose hits are shown. */
  fields: Readonly<Record<string, string>>;
  /** Searched fuzzily as `key=value`, exactly by `label:`, in the value alone by `value:`. */
  labels: Readonly<Record<string, string>>;
  /**
   * Searched by a word with that prefix, `health:unhealthy`: part of the value, upper or lower case; the beginning
   * of an id, all of a port.
   */
  exact: Readonly<Record<string, readonly string[]>>;
};

/**
 * How well a fuzzy match must fit (1 is exact): a name may be any letters in their order, as fzf has it; elsewhere, where
 * texts are long and many, that would find everything.
 */
const enough: Readonly<Record<string, number>> = { name: 0, image: 0.5, state: 0.7 };
const enoughElsewhere = 0.7;
/** What a hit in the first field, in another one and in a label is worth. */
const weights = { first: 1, other: 0.8, label: 0.6 };
/** An id is typed from its beginning or pasted: only what is in it as it stands counts. */
export const literalFields: ReadonlySet<string> = new Set(["id"]);
/** A text that is searched again and again, with the answer to the last question; shared by all items that have it. */
export type Target = { lower: string; prepared: Prepared; word: string; score: number };
/** An item made ready to be searched. */
export type Prepped = { of: Searchable; fields: [string, Target][]; labels: Target[] };

/** How well a word must fit a field. */
export function needed(field: string): number {
  return enough[field] ?? enoughElsewhere;
}

/** 0 when the term does not let the item through. */
export function scoreTerm(item: Prepped, term: Term): number {
  if (isFuzzy(term)) return rank(item, term);
  const found = term.prefix === undefined ? plain(item, term.word) : exact(item.of, term.prefix, term.word);
  return found === term.negated ? 0 : 0.01;
}

/** Above 1 where the item holds the word as it stands, below where only its letters: those come after all of these. */
function rank({ fields, labels }: Prepped, { word, quoted = false }: Term): number {
  const asked = { word, lower: word.toLowerCase(), quoted };
  const inFields = fields.map(([field, target], index) =>
    rankText(target, asked, { field, weight: index === 0 ? weights.first : weights.other }),
  );
  const inLabels = labels.map((target) => rankText(target, asked, { field: "", weight: weights.label }));
  return Math.max(0, ...inFields, ...inLabels);
}

function rankText(
  target: Target,
  { word, lower, quoted }: { word: string; lower: string; quoted: boolean },
  { field, weight }: { field: string; weight: number },
): number {
  const isLiteral = literalFields.has(field);
  if (target.lower.includes(lower))
    return 1 + weight * (isLiteral ? beginning(target.lower, lower) : letters(target, word));
  if (isLiteral || quoted) return 0;
  const score = letters(target, word);
  return score >= needed(field) ? weight * Math.min(score, 0.99) : 0;
}

function beginning(text: string, wanted: string): number {
  return text.startsWith(wanted) ? 1 : 0.7;
}

/** How well the letters of the word fit the text, in their order: 1 where they are all of it, 0 where they are not in it. */
function letters(target: Target, word: string): number {
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
    fields.some(([, { lower }]) => lower.includes(wanted)) ||
    labels.some(({ lower }) => lower.includes(wanted))
  );
}

function exact(item: Searchable, prefix: string, word: string): boolean {
  if (prefix === "label") {
    const [key = "", ...rest] = word.split("=");
    const value = Object.hasOwn(item.labels, key) ? item.labels[key] : undefined;
    return rest.length === 0 ? value !== undefined : value === rest.join("=");
  }
  const wanted = word.toLowerCase();
  if (prefix === "value")
    return Object.values(item.labels).some((value) => value.toLowerCase().includes(wanted));
  const values = item.exact[prefix] ?? [];
  return values.some((value) => fits(value.toLowerCase(), wanted, prefix));
}

/** An id is known by its beginning, a port by all of it: 80 is no part of 8080. */
function fits(value: string, wanted: string, prefix: string): boolean {
  if (prefix === "id") return value.startsWith(wanted);
  return prefix === "port" ? value === wanted : value.includes(wanted);
}
