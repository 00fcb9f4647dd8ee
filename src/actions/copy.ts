import { cleanCopy } from "../format/clean.ts";
import { decimalSize } from "../format/size.ts";
import { notify, type Session } from "./session.ts";

/** The most bytes that terminals take into the clipboard at once (xterm and tmux: 100,000 in base64). */
const clipboardBytes = 74_000;

/** A text of so many characters is told by its own words. */
const shortText = 60;

/** How much too large a text is for the terminal's clipboard: its bytes; undefined where it is not. */
export function tooMuch(text: string): string | undefined {
  const bytes = new TextEncoder().encode(text).length;
  return bytes > clipboardBytes
    ? `${decimalSize(bytes)} are too much for the terminal's clipboard.`
    : undefined;
}

/**
 * Copies a text, without what would act on a terminal it is pasted into, and says how far it is known to have come;
 * `what` is what it is called there.
 */
export function copy(session: Session, text: string, what = nameOf(text)): void {
  const fault = tooMuch(text);
  if (fault !== undefined) return notify(session, "warn", `Not copied: ${fault}`);
  void session.host.copy(cleanCopy(text)).then((copied) => {
    if (copied.kind === "tmux")
      notify(session, "good", `Copied ${what} into tmux's buffer and on to the terminal.`);
    else notify(session, "good", `Sent ${what} to the terminal's clipboard. ${copied.look}`.trimEnd());
  });
}

function nameOf(text: string): string {
  return text.length > shortText || text.includes("\n") ? `${text.length} characters` : text;
}
