/**
 * What is kept of one text of an answer, in bytes: more than a kernel takes for an argument or a variable (128 KiB), so
 * that nothing a program was given is ever cut.
 */
export const textLimit = 1 << 18;

/** Stands at the end of a text that was cut. */
export const cutMark = "… (cut here by dockui)";

/** No answer is nested any deeper: what reads it calls itself, and would run out of stack. */
const mostDepth = 200;

const [newline, quote, backslash, letterU] = [0x0a, 0x22, 0x5c, 0x75];
const [openList, closeList, openObject, closeObject] = [0x5b, 0x5d, 0x7b, 0x7d];

/** Where a text is: outside of all; in an escape whose letter, or so many of its digits, are to come; else within one. */
type Place = { inside: boolean; isCut: boolean; length: number; escaped: number; depth: number };

/**
 * Passes JSON on as it comes, in any pieces, and cuts every text in it that is longer than `limit` bytes: what a
 * stranger writes into a label must not fill the memory, not even while it is read. Throws where it is nested too
 * deep for JSON that was meant.
 */
export function createTextCut(limit = textLimit): (chunk: Uint8Array) => Uint8Array {
  const place: Place = { inside: false, isCut: false, length: 0, escaped: 0, depth: 0 };
  return (chunk) => cutTexts(chunk, place, limit);
}

function cutTexts(chunk: Uint8Array, place: Place, limit: number): Uint8Array {
  // Every byte of every answer passes here: kept in variables of its own, this is some ten times faster.
  let { inside, isCut, length, escaped, depth } = place;
  const kept: Uint8Array[] = [];
  let from = 0;
  for (let at = 0; at < chunk.length; at++) {
    const byte = chunk[at] as number;
    if (!inside) {
      if (byte === quote) {
        inside = true;
        length = 0;
      } else if (byte === openList || byte === openObject) {
        depth += 1;
        if (depth > mostDepth) throw new SyntaxError("It is nested too deep.");
      } else if (byte === closeList || byte === closeObject) depth -= 1;
      continue;
    }
    length += 1;
    if (byte === newline) {
      // No text holds one: what is broken ends with its line.
      if (isCut) from = at;
      inside = isCut = false;
      escaped = depth = 0;
    } else if (escaped !== 0) {
      escaped = escaped > 0 ? escaped - 1 : byte === letterU ? 4 : 0;
    } else if (byte === quote) {
      if (isCut) kept.push(Buffer.from(cutMark));
      if (isCut) from = at;
      inside = isCut = false;
    } else {
      // Never within an escape, nor within a letter of several bytes.
      if (length > limit && !isCut && (byte & 0xc0) !== 0x80) {
        isCut = true;
        kept.push(chunk.subarray(from, at));
      }
      if (byte === backslash) escaped = -1;
    }
  }
  Object.assign(place, { inside, isCut, length, escaped, depth });
  if (!isCut) kept.push(chunk.subarray(from));
  return kept.length === 1 && kept[0] ? kept[0] : Buffer.concat(kept);
}
