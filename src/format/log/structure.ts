import { readJsonLine } from "./json-line.ts";
import type { Level } from "./level-names.ts";
import { readLogfmt } from "./logfmt.ts";

/**
 * A log line read as the fields it is made of. All texts are as the program meant them, with whatever control
 * characters it escaped: they are cleaned where they are painted.
 */
export type Structured = {
  kind: "json" | "logfmt";
  /** When, as written. */
  time?: string;
  level?: Level;
  /** What happened; '' when the line has only fields. */
  message: string;
  /** The other fields in their order, those of nested objects under dotted keys; "…" says how many more there are. */
  fields: readonly (readonly [key: string, value: string])[];
  /** The parsed object of a JSON line, for a tree; whole numbers that a double cannot hold are text in it. */
  value: unknown;
};

/** A longer line is shown as it is. */
const longest = 1 << 16;

/** A plain log line as JSON (one object, maybe behind a time) or logfmt; undefined when it is neither, or too long. */
export function readStructure(text: string): Structured | undefined {
  return text.length > longest ? undefined : (readJsonLine(text) ?? readLogfmt(text));
}
