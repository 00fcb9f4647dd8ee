import { plainText } from "../../format/ansi.ts";
import type { Zone } from "../../format/log/moment.ts";
import { type Ink, type Look, structuredLine } from "../../format/log/structured-line.ts";
import type { LogView } from "./view.ts";

/** In which zone the times within lines are told. */
export function zoneOf(view: LogView): Zone {
  return view.get().times === "utc" ? "utc" : "local";
}

/** The text of a line as it is painted, without its colours: its fields in one form, or as it was written. */
export function paintedText(view: LogView, number: number): string {
  const structure = view.structure(number);
  return structure ? structuredLine(structure, plainLook(zoneOf(view))) : plainText(view.text(number));
}

const none: Ink = { open: "", close: "" };

function plainLook(zone: Zone): Look {
  const level = { fatal: none, error: none, warn: none, info: none, debug: none, trace: none };
  return { time: none, key: none, value: none, message: none, level, zone };
}
