import { copy, tooMuch } from "../../../actions/copy.ts";
import { fit } from "../../../format/fit.ts";
import { width } from "../../../format/width.ts";
import type { LogPlace } from "../ask.ts";
import { endPicking } from "./pick.ts";
import { pickedTexts } from "./picked.ts";
import { askSavePicked } from "./save.ts";

/** A copied text is said up to so many columns. */
const saidColumns = 50;

/** Copies what is selected into the clipboard of the person's terminal; what is too much for it is asked to be saved. */
export function copyPicked(place: LogPlace): void {
  const { view, session } = place;
  const { picked } = view.get();
  if (!picked) return;
  const texts = pickedTexts(view);
  const text = texts.join("\n");
  const fault = tooMuch(text);
  if (fault !== undefined) return askSavePicked(place, `${fault} `);
  endPicking(view);
  const [only, ...more] = texts;
  if (picked.words && only !== undefined && more.length === 0)
    return copy(session, text, width(only) > saidColumns ? fit(only, saidColumns) : only);
  const parts = picked.words ? ", the first and the last from word to word," : "";
  copy(session, text, `${texts.length} ${texts.length === 1 ? "line" : "lines"}${parts}`);
}
