/**
 * What is kept of one text of an answer, in bytes: more than a kernel takes for an argument or a variable (128 KiB), so
 * that nothing a program was given is ever cut.
 */
export const textLimit = 1 << 18;

/** Stands at the end of a text that was cut. */
export const cutMark = "… (cut here by dockui)";

const [newline, quote, backslash, letterU] = [0x0a, 0x22, 0x5c, 0x75];

/** JSON is not nested any deeper: what reads it calls itself, and would run out of stack. */
const mostDepth = 200;

/** Counts how deep JSON is nested as it comes; false once that is too deep. */
export function createDepthGauge(): (chunk: Uint8Array) => boolean {
  let depth = 0;
  let inside = false;
  let escaped = false;
  return (chunk) => {
    for (const byte of chunk) {
      if (inside) {
        if (byte === quote && !escaped) inside = false;
        escaped = byte === backslash && !escaped;
      } else if (byte === quote) inside = true;
      else if (byte === 0x5b || byte === 0x7b) depth += 1;
      else if (byte === 0x5d || byte === 0x7d) depth -= 1;
      if (depth > mostDepth) return false;
    }
    return true;
  };
}

/**
 * Passes JSON on as it comes, in any pieces, and cuts every text in it that is longer than `limit` bytes: what a
 * stranger writes into a label must not fill the memory, not even while it is read.
 */
export function createTextCut(limit = textLimit): (chunk: Uint8Array) => Uint8Array {
  let inside = false;
  let isCut = false;
  let length = 0;
  /** Bytes that a begun escape still takes; -1 before the letter that says how many. */
  let escaped = 0;

  return (chunk) => {
    const kept: Uint8Array[] = [];
    let from = 0;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at] as number;
      if (!inside) {
        inside = byte === quote;
        length = 0;
        continue;
      }
      length += 1;
      if (byte === newline) {
        // No text holds one: what is broken ends with its line.
        if (isCut) from = at;
        inside = isCut = false;
        escaped = 0;
        continue;
      }
      if (escaped !== 0) {
        escaped = escaped > 0 ? escaped - 1 : byte === letterU ? 4 : 0;
        continue;
      }
      if (byte === quote) {
        if (isCut) kept.push(Buffer.from(cutMark));
        if (isCut) from = at;
        inside = isCut = false;
        continue;
      }
      // Never within an escape, nor within a letter of several bytes.
      if (!isCut && length > limit && (byte & 0xc0) !== 0x80) {
        isCut = true;
        kept.push(chunk.subarray(from, at));
      }
      if (byte === backslash) escaped = -1;
    }
    if (!isCut) kept.push(chunk.subarray(from));
    return kept.length === 1 && kept[0] ? kept[0] : Buffer.concat(kept);
  };
}
