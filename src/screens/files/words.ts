const letters: readonly string[] = ["r", "w", "x"];

/** Setuid, setgid and sticky take the place of an x, in capitals where there is none. */
const special = [
  { bit: 0o4000, at: 2, letter: "s" },
  { bit: 0o2000, at: 5, letter: "s" },
  { bit: 0o1000, at: 8, letter: "t" },
] as const;

/** Permissions as ls prints them: 0o4755 is "rwsr-xr-x". */
export function modeText(mode: number): string {
  const shown = Array.from({ length: 9 }, (_, at) => (mode & (0o400 >> at) ? (letters[at % 3] ?? "") : "-"));
  for (const { bit, at, letter } of special)
    if (mode & bit) shown[at] = shown[at] === "x" ? letter : letter.toUpperCase();
  return shown.join("");
}

const bytesARow = 16;

/** Bytes as `hexdump -C` shows them: where, in hex, and as text. */
export function hexRows(bytes: Uint8Array): string[] {
  return Array.from({ length: Math.ceil(bytes.length / bytesARow) }, (_, row) => {
    const part = [...bytes.subarray(row * bytesARow, (row + 1) * bytesARow)];
    const hex = part.map((byte) => byte.toString(16).padStart(2, "0"));
    const text = part.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : ".")).join("");
    const [left, right] = [hex.slice(0, 8).join(" "), hex.slice(8).join(" ")];
    const place = (row * bytesARow).toString(16).padStart(6, "0");
    return `${place}  ${left.padEnd(23)}  ${right.padEnd(23)}  ${text}`;
  });
}
