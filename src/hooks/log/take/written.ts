import type { LogLine } from "../../../docker/logs.ts";
import { logText } from "../../../format/ansi.ts";
import { plainLine } from "../../../format/log/plain-line.ts";
import type { LogView } from "../view.ts";
import type { Batches } from "./merge.ts";

/** How lines of a log are written out. */
export type Form = {
  /** Harmless text without colours or with them, or whatever was written. */
  as: "plain" | "coloured" | "raw";
  /** The engine's time in front of each line, and whose it is. */
  stamps: boolean;
  names: boolean;
};

const texts: Record<Form["as"], (raw: string) => string> = {
  plain: plainLine,
  coloured: logText,
  raw: (raw) => raw,
};

/** Lines as they are written out, with their ends. */
export function writtenAs({ as, stamps, names }: Form): (lines: readonly LogLine[]) => string {
  const text = texts[as];
  const written = (line: LogLine) => {
    const name = names && line.from !== undefined ? `${line.from} | ` : "";
    return `${stamps ? `${line.stamp} ` : ""}${name}${text(line.text)}\n`;
  };
  return (lines) => lines.map(written).join("");
}

/** So many lines of those kept are written out at a time. */
const batchLines = 1_000;

/** The lines that are kept at this moment, or those of them that are shown. */
export async function* keptLines({ feed: { buffer }, shown }: LogView, filtered: boolean): Batches {
  const { has } = shown();
  const lines: LogLine[] = [];
  for (let number = buffer.first(); number < buffer.end(); number += 1) {
    const line = buffer.get(number);
    if (line && (!filtered || has(number))) lines.push(line);
  }
  for (let at = 0; at < lines.length; at += batchLines) yield lines.slice(at, at + batchLines);
}
