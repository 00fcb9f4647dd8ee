/** A text that sorts as people count: web-2 before web-10, upper and lower case alike. */
export function natural(text: string): string {
  return text.toLowerCase().replace(/\d+/g, (digits) => digits.padStart(12, "0"));
}

/** The order of two names as people count. */
export function byName({ name: a }: { name: string }, { name: b }: { name: string }): number {
  const [first, second] = [natural(a), natural(b)];
  return first < second ? -1 : first > second ? 1 : 0;
}
