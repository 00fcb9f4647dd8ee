/**
 * What is wrong with a text that `JSON.parse` rejected. Never the error's own words: they quote the text, and that may
 * be nothing but a password.
 */
export function jsonFault(error: unknown): string {
  const [, at] = /at position (\d+)(?: \(line \d+ column \d+\))?$/.exec((error as Error).message) ?? [];
  return `not valid JSON${at === undefined ? "" : `, see its character ${Number(at) + 1}`}`;
}
