import type { RunningSample } from "../../docker/inside/samples.ts";
import { type Bounds, type Detail, type Measure, measuresOf } from "./measures.ts";

/** A graph and how many rows it has. */
export type Placed = { measure: Measure; rows: number };

/** From the most that is told to the least, at ease or pressed together. */
const steps: readonly { detail: Detail; tight: boolean }[] = [
  { detail: "cores", tight: false },
  { detail: "interfaces", tight: false },
  { detail: "interfaces", tight: true },
  { detail: "sums", tight: true },
  { detail: "five", tight: true },
];

/** No graph is higher than this. */
const highest = 12;

/** The graphs that fit in so many rows, with the rows shared out; as detailed as there is room for. */
export function layOut(sample: RunningSample, bounds: Bounds, rows: number): Placed[] {
  for (const { detail, tight } of steps) {
    const measures = measuresOf(sample, bounds, detail);
    const least = measures.map((measure) => (tight ? 1 : measure.rows));
    if (sum(least) <= rows) return share(measures, least, rows);
  }
  return measuresOf(sample, bounds, "five")
    .slice(0, Math.max(0, rows))
    .map((measure) => ({ measure, rows: 1 }));
}

/** What is left goes, row by row, to the graph that has the fewest for its weight. */
function share(measures: readonly Measure[], least: readonly number[], rows: number): Placed[] {
  const placed = measures.map((measure, index) => ({ measure, rows: least[index] ?? 1 }));
  for (let left = rows - sum(least); left > 0; left -= 1) {
    const open = placed.filter((one) => one.rows < highest);
    const next = open.sort((a, b) => a.rows / a.measure.weight - b.rows / b.measure.weight)[0];
    if (!next) break;
    next.rows += 1;
  }
  return placed;
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}
