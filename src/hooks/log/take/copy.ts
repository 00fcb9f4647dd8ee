import { notify } from "../../../actions/session.ts";
import { fit } from "../../../format/fit.ts";
import { decimalSize } from "../../../format/size.ts";
import { width } from "../../../format/width.ts";
import type { LogPlace } from "../ask.ts";
import { endPicking } from "./pick.ts";
import { pickedTexts } from "./picked.ts";
import { askSavePicked } from "./save.ts";

/** The most bytes that terminals take into the clipboard at once (xterm and tmux: 100,000 in base64). */
const clipboardBytes = 74_000;
/** A copied text is said up to so many columns. */
const saidColumns = 50;

/** Copies what is selected into the clipboard of the person's terminal; what is too much for it is asked to be saved. */
export function copyPicked(place: LogPlace): void {
  const { view, session } = place;
  const { picked } = view.get();
  if (!picked) return;
  const texts = pickedTexts(view);
  const text = texts.join("\n");
  const size = new TextEncoder().encode(text).length;
  if (size > clipboardBytes)
    return askSavePicked(place, `${decimalSize(size)} are too much for the terminal's clipboard. `);
  session.host.copy(text);
  endPicking(view);
  const [only, ...more] = texts;
  if (picked.words && only !== undefined && more.length === 0)
    return notify(session, "good", `Copied ${width(only) > saidColumns ? fit(only, saidColumns) : only}`);
  const parts = picked.words ? ", the first and the last from word to word" : "";
  notify(session, "good", `Copied ${texts.length} ${texts.length === 1 ? "line" : "lines"}${parts}.`);
}
