import type { Clock } from "../docker/clock.ts";
import type { KeyPress } from "./keys.ts";

/** So many letters within `fastMs`, each another than the one before, are not typed: a held key repeats one. */
const mostLetters = 3;
const fastMs = 30;

/** A key that changes something waits so long, in ms, for what would show that it is part of a paste. */
export const holdMs = fastMs;

/** What is pasted is over when nothing came for so long, in ms. */
const quietMs = 100;

/** The signs that begin a text: a query, a command, a filter, a place, a form. What stands behind was typed into that. */
const begins: readonly string[] = ["/", ":", "&", "@", "+"];

/** What is pasted by mistake begins with one of these; signs begin texts of their own, and change nothing. */
function isLetter({ text = "" }: KeyPress): boolean {
  return /^[\p{L}\p{N}]$/u.test(text);
}

/** A key that was heard: when, in which event, and whether a text took it. */
type Heard = { name: string; at: number; event: number; typed: boolean };

/**
 * Tells keys from pasted text where the terminal does not mark it (GNU screen, the Linux console): by the letters that
 * come at once, or faster than fingers.
 */
export function createPace(clock: Pick<Clock, "now" | "after">) {
  let event = 0;
  let heard: readonly Heard[] = [];
  let over: (() => void) | undefined;
  return {
    /** Keys of another event begin. */
    next: () => void event++,
    /** A key with a text was worked off. */
    hear(key: KeyPress, typed: boolean): void {
      if (key.text !== undefined)
        heard = [...heard.slice(-mostLetters), { name: key.name, at: clock.now(), event, typed }];
    },
    /**
     * Whether such a key belongs to a paste, by those before it and those that wait `behind` it. What was typed into a
     * text along with it counts for a key that changes something.
     */
    isPaste(key: KeyPress, { behind, changes }: { behind: readonly KeyPress[]; changes: boolean }): boolean {
      if (!isLetter(key)) return false;
      const now = clock.now();
      const text = changes ? -1 : behind.findIndex(({ name }) => begins.includes(name));
      const after = text < 0 ? behind : behind.slice(0, text);
      const before = heard.filter((one) =>
        one.typed ? changes && one.event === event : Math.abs(now - one.at) < fastMs,
      );
      const names = [...before, key, ...after.filter((one) => one.text !== undefined)].map(
        ({ name }) => name,
      );
      return names.filter((name, index) => name !== names[index - 1]).length > mostLetters;
    },
    /** Whether a paste is going on. */
    isPasting: () => over !== undefined,
    /** A paste has begun, or goes on. */
    paste(): void {
      over?.();
      over = clock.after(quietMs, () => {
        over = undefined;
      });
    },
  };
}
