import { plainText } from "../../format/ansi.ts";
import { gridLine } from "../../format/log/field-columns.ts";
import type { Zone } from "../../format/log/moment.ts";
import type { Structured } from "../../format/log/structure.ts";
import { type Ink, type Look, structuredLine } from "../../format/log/structured-line.ts";
import type { LogView } from "./view.ts";

/** In which zone the times within lines are told. */
export function zoneOf(view: LogView): Zone {
  return view.get().times === "utc" ? "utc" : "local";
}

/** The text of a line as it is painted, without its colours: its fields in columns or in one form, or as it was written. */
export function paintedText(view: LogView, number: number): string {
  const structure = view.structure(number);
  if (!structure) return plainText(view.text(number));
  return fieldsText(view, structure, plainLook(zoneOf(view)));
}

/** The fields of a line: in columns, or in one form for all programs. */
export function fieldsText({ grid }: LogView, structure: Structured, look: Look): string {
  return grid ? gridLine(structure, grid, look) : structuredLine(structure, look);
}

const none: Ink = { open: "", close: "" };

function plainLook(zone: Zone): Look {
  const level = { fatal: none, error: none, warn: none, info: none, debug: none, trace: none };
  return { time: none, key: none, value: none, message: none, level, zone };
}
