/** One word of a query. */
export type Term = { word: string; prefix?: string; negated: boolean };

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

/** A plain word: it is searched fuzzily, and ranks what it finds. */
export function isFuzzy({ prefix, negated }: Term): boolean {
  return prefix === undefined && !negated;
}
