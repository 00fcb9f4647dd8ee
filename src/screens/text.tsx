import { cleanText } from "../format/clean.ts";
import { wrapWhole } from "../format/wrap.ts";
import { ScrollView } from "../ui/scroll-view.tsx";
import type { ViewProps } from "./views.tsx";

/** A text that is too long for a row, wrapped. */
export function TextView({ overlay, ...room }: ViewProps<"text">) {
  const { title, text } = overlay;
  const lines = cleanText(text)
    .split("\n")
    .flatMap((line) => wrapWhole(line, room.columns - 2).map((row) => ` ${row}`));
  return <ScrollView {...{ overlay, title, lines, ...room }} />;
}
