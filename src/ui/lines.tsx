import { Text } from "ink";
import { memo } from "react";

/** Painted lines, one Text each: an unchanged line is not rendered again. */
export function Lines({ lines }: { lines: readonly string[] }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place on the screen
  return lines.map((line, row) => <LineText key={row} text={line} />);
}

const LineText = memo(function LineText({ text }: { text: string }) {
  return <Text wrap="truncate">{text === "" ? " " : text}</Text>;
});
