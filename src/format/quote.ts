const safe = /^[A-Za-z0-9_@%+=:,./-]+$/;

/** Words as one command line for a POSIX shell (XCU 2.2.2): single quotes around what is not plainly safe. */
export function shellQuote(words: readonly string[]): string {
  return words.map((word) => (safe.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(" ");
}
