import { decimalSize } from "../format/size.ts";
import { notify, type Session } from "./session.ts";

/** What else there is to say of a deed: a sentence, and what is only kept in the journal. */
export type Note = { text: string; tone: "good" | "warn"; more: readonly string[] };

/** How it went with each of the targets. */
export type Report = {
  done: readonly string[];
  /** Each with its reason. */
  failed: readonly string[];
  notes: readonly Note[];
  /** In bytes; undefined where nothing comes back. */
  gained: number | undefined;
};

/** Says in one line how it went; `past` is what was done: "stopped". */
export function report(session: Session, past: string, { done, failed, notes, gained }: Report): void {
  const [first] = failed;
  const freed = gained === undefined ? "" : `, ${decimalSize(gained)} freed`;
  const said = saidOf(notes);
  if (first === undefined) {
    const what = done.length === 1 ? done[0] : `${done.length}`;
    const tone = notes.some((note) => note.tone === "warn") ? "warn" : "good";
    return notify(session, tone, `${capital(past)} ${what}${freed}.${said}`);
  }
  const good = done.length === 0 ? "" : `${capital(past)} ${done.length}${freed}; `;
  const more = failed.length > 1 ? ` (and ${failed.length - 1} more: J lists them)` : "";
  notify(session, "bad", `${good}${failed.length} failed: ${first}${more}${said}`);
}

/** One line holds a few of them; those that warn come first. */
function saidOf(notes: readonly Note[]): string {
  const sorted = [...notes.filter(({ tone }) => tone === "warn"), ...notes.filter((n) => n.tone !== "warn")];
  const shown = sorted.length > 2 ? sorted.slice(0, 1) : sorted;
  const rest = sorted.length > shown.length ? ` J tells of the others.` : "";
  return shown.map(({ text }) => ` ${text}`).join("") + rest;
}

/** A text that begins a sentence. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
