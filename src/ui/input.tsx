import { Box, Text, useCursor } from "ink";
import TextInput from "ink-text-input";
import { cleanLine } from "../format/clean.ts";
import type { Span } from "../format/secrets/spans.ts";
import { graphemes, width } from "../format/width.ts";
import type { Line } from "../hooks/line-editor.ts";

/** Where a line is typed, and the parts of it that are not for everybody's eyes. */
type Props = { line: Line; hidden?: readonly Span[]; x: number; y: number; columns: number };

/**
 * A line being typed, with the terminal's own cursor in it so that input methods work. ink-text-input only paints: it
 * would lose keys that arrive together, so the line and its cursor are kept by `line-editor`.
 */
export function Input({ line, hidden = [], x, y, columns }: Props) {
  const { setCursorPosition } = useCursor();
  // What was filled in by an engine or a pasted line may hold controls: one picture stands for each.
  const letters = hide(graphemes(line.text), hidden).map(cleanLine);
  const before = letters.slice(0, line.cursor).join("");
  // A long line is shown from where the cursor still fits in.
  let from = 0;
  while (width(letters.slice(from, line.cursor).join("")) > columns - 1) from += 1;
  const gone = width(letters.slice(0, from).join(""));
  setCursorPosition({ x: x + width(before) - gone, y });
  const text = letters.slice(from).join("");
  return (
    <Box width={columns} height={1} overflow="hidden" flexShrink={0}>
      {text === "" ? (
        <Text> </Text>
      ) : (
        <TextInput value={text} focus={false} showCursor={false} onChange={() => {}} />
      )}
    </Box>
  );
}

/** Secrets as a dot for each letter, so that the cursor can still go through them. */
function hide(letters: readonly string[], hidden: readonly Span[]): string[] {
  let at = 0;
  return letters.map((letter) => {
    const from = at;
    at += letter.length;
    return hidden.some((span) => from >= span[0] && from < span[1]) ? "•" : letter;
  });
}

/** A whole row in which something is looked for. */
export function TypedLine({ line, columns, y }: { line: Line; columns: number; y: number }) {
  return (
    <Box width={columns} height={1} flexShrink={0}>
      <Text>{" / "}</Text>
      <Input line={line} x={3} y={y} columns={columns - 4} />
    </Box>
  );
}
