import { graphemes } from "../format/width.ts";
import type { KeyPress } from "./keys.ts";

/** A line being edited: its graphemes, and before which of them the cursor stands. */
export type Line = { text: string; cursor: number };

/** A line with the cursor at its end. */
export function lineOf(text: string): Line {
  return { text, cursor: graphemes(text).length };
}

type Edit = (letters: readonly string[], cursor: number) => { letters: readonly string[]; cursor: number };

const edits: Readonly<Record<string, Edit>> = {
  left: (letters, cursor) => ({ letters, cursor: Math.max(0, cursor - 1) }),
  right: (letters, cursor) => ({ letters, cursor: Math.min(letters.length, cursor + 1) }),
  home: (letters) => ({ letters, cursor: 0 }),
  end: (letters) => ({ letters, cursor: letters.length }),
  backspace: (letters, cursor) => ({
    letters: letters.toSpliced(Math.max(0, cursor - 1), Math.min(1, cursor)),
    cursor: Math.max(0, cursor - 1),
  }),
  delete: (letters, cursor) => ({ letters: letters.toSpliced(cursor, 1), cursor }),
  "ctrl+u": (letters, cursor) => ({ letters: letters.slice(cursor), cursor: 0 }),
  "ctrl+k": (letters, cursor) => ({ letters: letters.slice(0, cursor), cursor }),
  "ctrl+w": (letters, cursor) => {
    const kept = letters
      .slice(0, cursor)
      .join("")
      .replace(/\S*\s*$/, "");
    const from = graphemes(kept).length;
    return { letters: [...letters.slice(0, from), ...letters.slice(cursor)], cursor: from };
  },
};
const aliases: Readonly<Record<string, string>> = {
  "ctrl+a": "home",
  "ctrl+e": "end",
  "ctrl+b": "left",
  "ctrl+f": "right",
  "ctrl+d": "delete",
  "ctrl+h": "backspace",
};

/** The line after a key, as readline would have it; undefined when the key is none of its own. */
export function editLine(line: Line, key: KeyPress): Line | undefined {
  if (key.text !== undefined) return insertText(line, key.text);
  const edit = edits[aliases[key.name] ?? key.name];
  if (!edit) return undefined;
  const { letters, cursor } = edit(graphemes(line.text), line.cursor);
  return { text: letters.join(""), cursor };
}

/** Whether a line goes on in the next one, as a shell has it: it ends with a backslash that no other one stands before. */
export function isContinued(text: string): boolean {
  return /(?<!\\)(?:\\\\)*\\$/.test(text);
}

/** The line with a line break at its end, for what goes on in the next line of a shell. */
export function breakLine(line: Line): Line {
  return lineOf(`${line.text}\n`);
}

/** The line with text typed or pasted at the cursor; line breaks become spaces, other controls go. */
export function insertText(line: Line, text: string): Line {
  const clean = text.replace(/[\r\n\t]+/g, " ").replace(/[\u0000-\u001f\u007f-\u009f]/g, "");
  const letters = graphemes(line.text);
  const before = letters.slice(0, line.cursor).join("") + clean;
  return { text: before + letters.slice(line.cursor).join(""), cursor: graphemes(before).length };
}
