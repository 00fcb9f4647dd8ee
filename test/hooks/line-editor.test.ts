import fc from "fast-check";
import { expect, test } from "vitest";
import { graphemes } from "../../src/format/width.ts";
import { editLine, insertText, type Line, lineOf } from "../../src/hooks/line-editor.ts";

/** A line as "we|b", the bar being the cursor. */
const read = (shown: string): Line => {
  const [before = "", after = ""] = shown.split("|");
  return { text: before + after, cursor: graphemes(before).length };
};
const write = ({ text, cursor }: Line) => graphemes(text).toSpliced(cursor, 0, "|").join("");

test.each([
  ["we|b", "left", "w|eb"],
  ["|web", "left", "|web"],
  ["we|b", "right", "web|"],
  ["web|", "ctrl+f", "web|"],
  ["we|b", "home", "|web"],
  ["we|b", "ctrl+e", "web|"],
  ["we|b", "backspace", "w|b"],
  ["|web", "backspace", "|web"],
  ["we|b", "delete", "we|"],
  ["web|", "ctrl+d", "web|"],
  ["we|b", "ctrl+u", "|b"],
  ["we|b", "ctrl+k", "we|"],
  ["one two|", "ctrl+w", "one |"],
  ["one two  |x", "ctrl+w", "one |x"],
  ["|x", "ctrl+w", "|x"],
  ["日本|語", "backspace", "日|語"],
  ["e\u0301|x", "backspace", "|x"],
  ["😀|", "left", "|😀"],
])("%s after %s is %s", (before, name, after) => {
  expect(write(editLine(read(before), { name }) as Line)).toBe(after);
});

test.each(["enter", "esc", "up", "down", "tab", "ctrl+c", "f1"])("%s is none of its keys", (name) => {
  expect(editLine(lineOf("web"), { name })).toBeUndefined();
});

test("a letter goes in at the cursor", () => {
  expect(write(editLine(read("w|b"), { name: "e", text: "e" }) as Line)).toBe("we|b");
});

test("pasted line breaks become spaces, other controls go", () => {
  expect(write(insertText(read("a|z"), "1\r\n2\t3\u001b\u0000\u009b4"))).toBe("a1 2 34|z");
});

test("the cursor never leaves the line, and no control gets in", () => {
  const key = fc.oneof(
    fc.constantFrom("left", "right", "home", "end", "backspace", "delete", "ctrl+u", "ctrl+k", "ctrl+w"),
  );
  const step = fc.oneof(
    key.map((name) => (line: Line) => editLine(line, { name }) as Line),
    fc.string({ unit: "binary", maxLength: 5 }).map((text) => (line: Line) => insertText(line, text)),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      const { text, cursor } = steps.reduce((line, edit) => edit(line), lineOf(""));
      expect(cursor >= 0 && cursor <= graphemes(text).length).toBe(true);
      expect(text).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
    }),
  );
});
