import { decimalSize } from "../format/size.ts";
import { notify, type Session } from "./session.ts";

/** What else there is to say of a deed: a sentence, and what is only kept in the journal. */
export type Note = { text: string; tone: "good" | "warn"; more: readonly string[] };

/** How it went with each of the targets. */
export type Report = {
  done: readonly string[];
  /** Each with its reason. */
  failed: readonly string[];
  /** Those the person gave up, each with what that means. */
  cancelled: readonly string[];
  notes: readonly Note[];
  /** In bytes; undefined where nothing comes back. */
  gained: number | undefined;
};

/** Says in one line how it went; `past` is what was done: "stopped". */
export function report(session: Session, past: string, { failed, cancelled, ...went }: Report): void {
  const { done, notes, gained } = went;
  const freed = gained === undefined ? "" : `, ${decimalSize(gained)} freed`;
  const said = saidOf(notes);
  if (failed.length === 0 && cancelled.length === 0) {
    const what = done.length === 1 ? done[0] : `${done.length}`;
    const tone = notes.some((note) => note.tone === "warn") ? "warn" : "good";
    return notify(session, tone, `${capital(past)} ${what}${freed}.${said}`);
  }
  const good = done.length === 0 ? "" : `${capital(past)} ${done.length}${freed}; `;
  const [first = "", ...others] = [...failed, ...cancelled];
  const more = others.length === 0 ? "" : ` (and ${others.length} more: J lists them)`;
  if (failed.length === 0) return notify(session, "warn", `${good}${first}${more}${said}`);
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
