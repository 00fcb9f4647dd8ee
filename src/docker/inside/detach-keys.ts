/** What leaves a main process running, as docker has it. */
export const detachKeys = "ctrl-p,ctrl-q";

const controls: Readonly<Record<string, number>> = { "@": 0, "[": 27, "\\": 28, "]": 29, "^": 30, _: 31 };

/** The bytes of detach keys as docker writes them ("ctrl-p,ctrl-q", "a"); undefined when docker would refuse them. */
export function detachBytes(keys: string): readonly number[] | undefined {
  const codes = keys.split(",").map((key) => {
    if (/^[\x20-\x7e]$/.test(key)) return key.charCodeAt(0);
    const letter = /^ctrl-(.)$/i.exec(key)?.[1]?.toLowerCase();
    if (letter === undefined) return undefined;
    return /[a-z]/.test(letter) ? letter.charCodeAt(0) - 96 : controls[letter];
  });
  const known = codes.filter((code) => code !== undefined);
  return known.length === codes.length ? known : undefined;
}

/**
 * Watches typed bytes for the detach keys, as the engine does for a TTY: gives on what is not part of them, holds back
 * what may still become them, and tells when they were typed.
 */
export function createDetachWatch(keys: string): (bytes: Uint8Array) => { pass: Buffer; detached: boolean } {
  const wanted = detachBytes(keys) ?? [];
  let matched = 0;
  return (bytes) => {
    const pass: number[] = [];
    for (const byte of bytes) {
      if (byte !== wanted[matched]) {
        pass.push(...wanted.slice(0, matched));
        matched = 0;
      }
      if (byte !== wanted[matched]) pass.push(byte);
      else matched += 1;
      if (matched > 0 && matched === wanted.length) return { pass: Buffer.from(pass), detached: true };
    }
    return { pass: Buffer.from(pass), detached: false };
  };
}
