/**
 * SGR ("select graphic rendition", ECMA-48 8.3.117, `ESC [ … m`): what styles a text switches on, read into a
 * small state that can be written again. Blink (5, 6), conceal (8) and whatever is unknown never get in.
 */

type Slot = "bold" | "dim" | "italic" | "underline" | "inverse" | "strike" | "overline" | "ink" | "paper";

/** The styles in force: per kind the parameters that switch it on. */
export type Style = Readonly<Partial<Record<Slot, string>>>;

/** Plain text under one style; `open` is the sequence that switches the style on from nothing, or ''. */
export type Run = { readonly open: string; readonly text: string };

/** The sequence that switches every style off. */
export const reset = "\x1b[0m";

/** No style at all. */
export const noStyle: Style = {};

const sequence = /\x1b\[([0-9;:]*)m/g;
const longest = 64;

const switches: ReadonlyMap<number, readonly [code: string | undefined, ...slots: Slot[]]> = new Map<
  number,
  readonly [string | undefined, ...Slot[]]
>([
  [1, ["1", "bold"]],
  [2, ["2", "dim"]],
  [3, ["3", "italic"]],
  [4, ["4", "underline"]],
  [7, ["7", "inverse"]],
  [9, ["9", "strike"]],
  [21, ["4", "underline"]],
  [22, [undefined, "bold", "dim"]],
  [23, [undefined, "italic"]],
  [24, [undefined, "underline"]],
  [27, [undefined, "inverse"]],
  [29, [undefined, "strike"]],
  [39, [undefined, "ink"]],
  [49, [undefined, "paper"]],
  [53, ["53", "overline"]],
  [55, [undefined, "overline"]],
]);

/** The style after the parameters of one SGR sequence; overlong ones and the part behind a malformed colour are ignored. */
export function applySgr(style: Style, parameters: string): Style {
  if (parameters.length > longest) return style;
  const fields = parameters.split(";");
  let next: Partial<Record<Slot, string>> = { ...style };
  for (let at = 0; at < fields.length; at += 1) {
    const field = fields[at] ?? "";
    const [code = 0, ...details] = field.split(":").map(Number);
    if (code === 38 || code === 48 || code === 58) {
      const isColon = details.length > 0;
      const color = colorOf(isColon ? details : fields.slice(at + 1).map(Number), isColon);
      if (color === undefined) return next;
      if (!isColon) at += color.length;
      if (code !== 58) next[code === 38 ? "ink" : "paper"] = [code, ...color].join(";");
    } else if (code === 0) next = {};
    else if (code === 4 && details[0] === 0) delete next.underline;
    else switchOne(next, code);
  }
  return next;
}

/** The parameters "5;n" or "2;r;g;b" at the start of `fields`; the colon form may hold a colour space after the 2. */
function colorOf(fields: readonly number[], isColon: boolean): number[] | undefined {
  const [mode] = fields;
  if (mode !== 2 && mode !== 5) return undefined;
  const count = mode === 5 ? 1 : 3;
  const from = isColon && mode === 2 && fields.length > 4 ? 2 : 1;
  const values = fields.slice(from, from + count);
  return values.length === count && values.every((value) => value <= 255) ? [mode, ...values] : undefined;
}

function switchOne(style: Partial<Record<Slot, string>>, code: number): void {
  const [on, ...slots] = switches.get(code) ?? colorSwitch(code);
  for (const slot of slots) {
    if (on === undefined) delete style[slot];
    else style[slot] = on;
  }
}

/** The 16 colours: 30–37 and 90–97 for the ink, 40–47 and 100–107 for the paper. */
function colorSwitch(code: number): readonly [code: string | undefined, ...slots: Slot[]] {
  const decade = Math.floor(code / 10);
  if (code % 10 > 7) return [undefined];
  if (decade === 3 || decade === 9) return [`${code}`, "ink"];
  if (decade === 4 || decade === 10) return [`${code}`, "paper"];
  return [undefined];
}

/** The sequence that switches `style` on from nothing; '' for no style. */
export function openSgr(style: Style): string {
  const codes = Object.values(style);
  return codes.length === 0 ? "" : `\x1b[${codes.join(";")}m`;
}

/** Reads an SGR text as runs of one style each, lazily and without empty runs; their texts make the plain text. */
export function* runsOf(text: string): Generator<Run> {
  let style = noStyle;
  let open = "";
  let from = 0;
  for (const match of text.matchAll(sequence)) {
    if (match.index > from) yield { open, text: text.slice(from, match.index) };
    style = applySgr(style, match[1] ?? "");
    open = openSgr(style);
    from = match.index + match[0].length;
  }
  if (from < text.length) yield { open, text: text.slice(from) };
}

/** Writes runs as one SGR text that starts from nothing and ends with a reset iff a style is open. */
export function writeRuns(runs: Iterable<Run>): string {
  let written = "";
  let open = "";
  for (const run of runs) {
    if (run.text === "") continue;
    if (run.open !== open) written += (open === "" ? "" : reset) + run.open;
    open = run.open;
    written += run.text;
  }
  return open === "" ? written : written + reset;
}

/** An SGR text without its SGR sequences. */
export function plainText(text: string): string {
  return text.includes("\x1b") ? text.replace(sequence, "") : text;
}
