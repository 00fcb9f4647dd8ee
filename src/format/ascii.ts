import { graphemes, width } from "./width.ts";

/** The signs dockui paints with, by what stands for them where a terminal knows ASCII only; each one column wide. */
const signs: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{ "●": "*", "○": "o", "◐": "%", "◌": ".", "✓": "+", "✗": "x", "▌": ">", "▸": ">", "▾": "v", "↶": "<" },
    ...{ "─": "-", "━": "=", "│": "|", "└": "`", "…": "~", "·": ".", "•": "*", "–": "-", "—": "-", "×": "x" },
    ...{ "↑": "^", "↓": "v", "←": "<", "→": ">", "‹": "<", "›": ">", "«": "<", "»": ">" },
    ...{ "‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "≤": "<", µ: "u", Δ: "d" },
    ...{ "▁": ".", "▂": ".", "▃": ":", "▄": ":", "▅": "+", "▆": "+", "▇": "#", "█": "#", "░": "." },
    ...{ "▏": ".", "▎": ".", "▍": ":", "▋": "+", "▊": "+", "▉": "#" },
  }),
);

const onlyAscii = /^[\x00-\x7f]*$/;

/** A text in ASCII, as wide as it was: signs by others of their kind, letters without their marks, else question marks. */
export function toAscii(text: string): string {
  if (onlyAscii.test(text)) return text;
  return text.replace(/[^\x00-\x7f]+/g, (run) => graphemes(run).map(standIn).join(""));
}

function standIn(letter: string): string {
  const sign = signs.get(letter);
  if (sign !== undefined) return sign;
  const base = letter.normalize("NFD").charAt(0);
  return onlyAscii.test(base) ? base : "?".repeat(width(letter));
}

/** Whether the locale of an environment is one of UTF-8; where none is set it is C, which is not. */
export function speaksUtf8({
  LC_ALL,
  LC_CTYPE,
  LANG,
}: Readonly<Record<string, string | undefined>>): boolean {
  return /utf-?8/i.test(LC_ALL || LC_CTYPE || LANG || "C");
}

type Terminal = { isTTY?: boolean; write(chunk: never, ...rest: never[]): boolean };

/** Has a terminal get ASCII only; bytes that a program wrote, and what goes into a pipe or a file, stay as they are. */
export function writeAscii(stream: Terminal): void {
  if (!stream.isTTY) return;
  const write = stream.write.bind(stream) as (chunk: unknown, ...rest: unknown[]) => boolean;
  stream.write = (chunk: unknown, ...rest: unknown[]) =>
    write(typeof chunk === "string" ? toAscii(chunk) : chunk, ...rest);
}
