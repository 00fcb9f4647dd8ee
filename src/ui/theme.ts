import type { Tone } from "../actions/list-screen.ts";

/** How tones look; plain text where the terminal has no colours. */
export type Theme = {
  /** Text in a tone. */
  paint(tone: Tone, text: string): string;
  /** The row under the cursor. */
  cursor(text: string): string;
  /** Letters that a query hit. */
  hit: { open: string; close: string };
  bold(text: string): string;
  inverse(text: string): string;
};

/** Only the sixteen colours every terminal lets its owner choose, so that light and dark ones are readable alike. */
const codes: Readonly<Record<Tone, readonly [number, number] | undefined>> = {
  plain: undefined,
  dim: [2, 22],
  good: [32, 39],
  warn: [33, 39],
  bad: [31, 39],
  accent: [36, 39],
  strong: [1, 22],
};

const sgr = (open: number, close: number) => (text: string) =>
  text === "" ? "" : `\u001b[${open}m${text}\u001b[${close}m`;

/** A theme with or without colours; without, weight and inverse video remain where the terminal knows them. */
export function createTheme(options: { colour: boolean; styles: boolean }): Theme {
  const style = (open: number, close: number) => (options.styles ? sgr(open, close) : (text: string) => text);
  return {
    paint(tone, text) {
      const code = codes[tone];
      if (!code) return text;
      const weight = tone === "dim" || tone === "strong";
      return (weight ? options.styles : options.colour) ? sgr(code[0], code[1])(text) : text;
    },
    cursor: style(7, 27),
    hit: options.styles ? { open: "\u001b[1;4m", close: "\u001b[22;24m" } : { open: "", close: "" },
    bold: style(1, 22),
    inverse: style(7, 27),
  };
}
