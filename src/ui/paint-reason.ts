import { wrapWords } from "../format/wrap.ts";
import type { LogView } from "../hooks/log/view.ts";
import type { Theme } from "./theme.ts";

/** Why there is no line at all, as whole words in so many rows, where the title has no room; nothing else is shown. */
export function paintReason(
  { feed }: LogView,
  { columns, rows, theme }: { columns: number; rows: number; theme: Theme },
): string[] | undefined {
  const { status, reason } = feed.get();
  const isEmpty = feed.buffer.end() === feed.buffer.first();
  if (status !== "failed" || reason === undefined || !isEmpty) return undefined;
  const sentence = `${reason.charAt(0).toUpperCase()}${reason.slice(1).replace(/\.$/, "")}.`;
  const lines = wrapWords(sentence, columns - 2).map((line) => ` ${theme.paint("warn", line)}`);
  return Array.from({ length: rows }, (_, row) => lines[row - 1] ?? "");
}
