/** A word of a text: the indices where it begins and ends. */
export type Word = readonly [from: number, to: number];

/** What is between words: blanks, quotes, brackets, and what stands between keys, values and items of a list. */
const run = /(?:[^\s"'`()[\]{}<>,;=&?|!*^\\…]|(?<=\p{L})'(?=\p{L}))+/gu;

/** A dot or a colon ends a sentence or a key; two colons may begin an address. */
const before = /^:(?!:)/;
const behind = /[.:]+$/;

/**
 * The words of a plain text, made for picking values out of logs: letters, digits and what holds IDs, paths, addresses,
 * times and versions together (`- _ . / : @ % + ~ # $`). Quotes, brackets, commas and `=` end a word.
 */
export function wordsOf(text: string): Word[] {
  return [...text.matchAll(run)].flatMap(({ 0: found, index }) => {
    const from = index + (before.exec(found)?.[0].length ?? 0);
    const to = index + found.length - (behind.exec(found)?.[0].length ?? 0);
    return from < to && /[^\p{P}$+~|^`]/u.test(text.slice(from, to)) ? [[from, to] as const] : [];
  });
}

/** The word at an index: the one that it is in, else the one before, else the first; undefined where there is none. */
export function wordNear(text: string, index: number): Word | undefined {
  const words = wordsOf(text);
  return words.findLast(([from]) => from <= index) ?? words[0];
}
