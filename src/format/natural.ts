/** A text that sorts as people count: web-2 before web-10, upper and lower case alike. */
export function natural(text: string): string {
  return text.toLowerCase().replace(/\d+/g, (digits) => digits.padStart(12, "0"));
}

/** So many texts are remembered at most. */
const mostKnown = 50_000;

/** `natural`, worked out once for each text: a list of thousands is sorted anew whenever one of them changes. */
export function createNatural(): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    let found = known.get(text);
    if (found !== undefined) return found;
    found = natural(text);
    if (known.size >= mostKnown) known.clear();
    known.set(text, found);
    return found;
  };
}

/** The order of two names as people count. */
export function byName({ name: a }: { name: string }, { name: b }: { name: string }): number {
  const [first, second] = [natural(a), natural(b)];
  return first < second ? -1 : first > second ? 1 : 0;
}
