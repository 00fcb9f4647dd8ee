import type { Moment } from "../../actions/history.ts";
import type { Tone } from "../../actions/list-screen.ts";
import { duration } from "../../format/age.ts";
import { fit } from "../../format/fit.ts";
import { areaGraph, roundTop, type Span, toColumns } from "../../format/graph.ts";
import type { Theme } from "../../ui/theme.ts";
import { layOut, type Placed } from "./layout.ts";
import type { Bounds, Measure } from "./measures.ts";

/** A sample comes each second: after so many ms without one, nothing is known of the time between. */
export const gapMs = 2_500;

/** What a panel shows of one container. */
export type PanelContent = {
  moments: readonly Moment[];
  bounds: Bounds;
  /** Samples come at this moment: the last one is how it is now. */
  live: boolean;
  /** What is to be said of it in place of graphs, and beside its name. */
  words: string;
  /** Its name, where it is not the only one. */
  name?: string;
};

/** How it is shown; times in ms. */
export type PanelLook = {
  columns: number;
  rows: number;
  theme: Theme;
  end: number;
  stepMs: number;
  own: boolean;
  /** What is shown is not how it is now. */
  stale: boolean;
};

/** From this width on the figures stand beside the graphs, else above them. */
const besideFrom = 64;
const labelWidth = 9;
/** From so many rows on, a graph has two lines above it. */
const twoLinesFrom = 4;
/** With fewer rows than this there is no line for the time. */
const axisFrom = 12;

/** How wide the graphs of a panel are. */
export function graphWidth(columns: number): number {
  return columns < besideFrom ? columns : columns - gutterWidth(columns) - 1;
}

function gutterWidth(columns: number): number {
  return Math.max(34, Math.min(46, Math.floor(columns * 0.4)));
}

/** A container's graphs, as exactly `rows` lines of exactly `columns`. */
export function paintPanel(content: PanelContent, look: PanelLook): string[] {
  const { columns, rows, theme } = look;
  const last = content.moments.at(-1);
  const heading =
    content.name === undefined ? [] : [paintHeading(last ? content : { ...content, words: "" }, look)];
  const room = rows - heading.length;
  if (!last) return filled([...heading, theme.paint("dim", fit(` ${content.words}`, columns))], look);
  const axis = room >= axisFrom ? [paintAxis(look)] : [];
  const graphs = layOut(last.sample, content.bounds, room - axis.length).flatMap((placed) =>
    paintGraph(placed, content, look),
  );
  return filled([...heading, ...graphs, ...axis], look);
}

function filled(lines: readonly string[], { columns, rows }: PanelLook): string[] {
  const blank = " ".repeat(columns);
  return Array.from({ length: Math.max(0, rows) }, (_, row) => lines[row] ?? blank);
}

function paintHeading({ name = "", words }: PanelContent, { columns, theme }: PanelLook): string {
  return theme.bold(fit(words === "" ? ` ${name}` : ` ${name}: ${words}`, columns));
}

function paintGraph({ measure, rows }: Placed, content: PanelContent, look: PanelLook): string[] {
  const { columns, theme, end, stepMs, own } = look;
  const width = graphWidth(columns);
  const span: Span = { end, stepMs, columns: width };
  const points = content.moments.map(({ at, sample }) => ({ at, value: measure.value(sample) }));
  const values = toColumns(points, span, gapMs);
  const peak = Math.max(Number.NEGATIVE_INFINITY, ...values.filter((value) => value !== undefined));
  const top =
    own || measure.limit === undefined ? roundTop(peak, measure.least, measure.base) : measure.limit;
  const facts = factsOf(measure, content, { peak, top: measure.limit === top ? undefined : top });
  const tone = look.stale ? "dim" : facts.tone;
  if (columns < besideFrom) {
    const lines = linesAbove(measure.label, facts, { rows, columns, theme, tone });
    const area = areaGraph(values, { rows: rows - lines.length, max: top });
    return [...lines, ...area.map((row) => theme.paint(tone, row))];
  }
  const gutter = gutterLines(measure.label, facts, { rows, width: gutterWidth(columns), theme, tone });
  const area = areaGraph(values, { rows, max: top });
  return area.map(
    (row, index) => `${gutter[index] ?? ""}${theme.paint("dim", "│")}${theme.paint(tone, row)}`,
  );
}

type Facts = { now: string; first: readonly string[]; rest: readonly string[]; tone: Tone };

/** The figure of now, what stands beside it, and what has room below: the peak, and what the height stands for. */
function factsOf(
  measure: Measure,
  { moments, live }: PanelContent,
  { peak, top }: { peak: number; top: number | undefined },
): Facts {
  const last = moments.at(-1)?.sample;
  const value = live && last ? measure.value(last) : undefined;
  const [first, ...others] = last ? measure.more(last) : [];
  const known = Number.isFinite(peak);
  return {
    now: value === undefined ? "–" : measure.words(value),
    first: first === undefined ? [] : [first],
    rest: [
      ...(known ? [`peak ${measure.words(peak)}`] : []),
      ...others,
      ...(top === undefined ? [] : [`top ${measure.words(top)}`]),
    ],
    tone: toneOf(value, measure.limit),
  };
}

function toneOf(value: number | undefined, limit: number | undefined): Tone {
  if (value === undefined || limit === undefined || value < limit * 0.8) return "accent";
  return value < limit * 0.95 ? "warn" : "bad";
}

/** The figures above a graph: all on one line, or the lesser ones on a second where there is room. */
function linesAbove(
  label: string,
  { now, first, rest }: Facts,
  { rows, columns, theme, tone }: { rows: number; columns: number; theme: Theme; tone: Tone },
): string[] {
  const inner = columns - labelWidth;
  if (rows < twoLinesFrom)
    return [paintFacts(label, fit([now, ...first, ...rest].join(" "), inner), theme, tone)];
  return [
    paintFacts(label, fit([now, ...first].join("  "), inner), theme, tone),
    " ".repeat(labelWidth) + theme.paint("dim", fit(rest.join("  "), inner)),
  ];
}

function gutterLines(
  label: string,
  { now, first, rest }: Facts,
  { rows, width, theme, tone }: { rows: number; width: number; theme: Theme; tone: Tone },
): string[] {
  const head = rows === 1 ? [now, ...first, ...rest] : [now, ...first];
  const below = rows === 1 ? [] : spread(rest, rows - 1);
  const inner = width - labelWidth;
  return Array.from({ length: rows }, (_, row) => {
    if (row === 0) return paintFacts(label, fit(head.join("  "), inner), theme, tone);
    return " ".repeat(labelWidth) + theme.paint("dim", fit(below[row - 1] ?? "", inner));
  });
}

/** Facts on so many lines, two together where there are not enough. */
function spread(facts: readonly string[], lines: number): string[] {
  const each = Math.ceil(facts.length / lines);
  return Array.from({ length: lines }, (_, line) => facts.slice(line * each, (line + 1) * each).join("  "));
}

function paintFacts(label: string, facts: string, theme: Theme, tone: Tone): string {
  return (
    theme.paint("strong", fit(` ${label}`, labelWidth)) +
    (tone === "accent" ? facts : theme.paint(tone, facts))
  );
}

function paintAxis({ columns, theme, stepMs }: PanelLook): string {
  const width = graphWidth(columns);
  const ago = ` ${duration(stepMs * width)} ago `;
  const line = `${ago}${"─".repeat(Math.max(0, width - ago.length - 5))} now `;
  const gutter = columns < besideFrom ? "" : `${" ".repeat(gutterWidth(columns))}└`;
  return theme.paint("dim", fit(gutter + line, columns));
}
