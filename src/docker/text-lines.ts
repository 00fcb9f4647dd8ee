/**
 * Makes lines of what a program writes, however its bytes are cut. Of a line that a program writes over again (`\r`,
 * as progress bars do) only what stands there last counts.
 */
export function createTextLines(onLine: (line: string) => void) {
  const decoder = new TextDecoder();
  let rest = "";
  const take = (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    if (rest.length > lineLimit) {
      lines.push(rest);
      rest = "";
    }
    for (const line of lines) onLine(lastOver(line));
  };
  return {
    write: (bytes: Uint8Array) => take(decoder.decode(bytes, { stream: true })),
    /** It is over: a last line without a newline is a line too. */
    end() {
      take(decoder.decode());
      if (rest !== "") onLine(lastOver(rest));
      rest = "";
    },
  };
}

/** A longer line comes in pieces, so that nobody fills the memory with one. */
const lineLimit = 1 << 20;

function lastOver(line: string): string {
  const parts = line.replace(/\r+$/, "").split("\r");
  return parts.at(-1) ?? "";
}
