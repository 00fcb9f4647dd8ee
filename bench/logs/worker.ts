/**
 * Searches and filters 50,000 kept lines of a log in a process of its own: no screen, but the program's own feed, view
 * and patterns. usage: node bench/logs/worker.ts KIND RUNS; prints JSON.
 */
import { createLogBuffer, type LogFeed } from "../../src/docker/log-buffer.ts";
import { createLineReader } from "../../src/docker/logs.ts";
import { parsePattern } from "../../src/format/log/filter.ts";
import { createLogView } from "../../src/hooks/log/view.ts";
import { type Kind, lineOf, searches } from "./lines.ts";

/** How long a search and a filter took each time, in ms, and how many lines it found. */
export type Told = { query: string; count: number; search: number[]; filter: number[] }[];

const kept = 50_000;
const [kind = "plain", runs = "7"] = process.argv.slice(2);
const feed = filled(kind as Kind);
// An empty search first: what a line costs for the first time belongs to the first one measured.
const told: Told = searches.map((query) => {
  const times = Array.from({ length: Number(runs) }, () => measure(feed, query));
  return {
    query,
    count: times[0]?.count ?? 0,
    search: times.map(({ search }) => search),
    filter: times.map(({ filter }) => filter),
  };
});
console.log(JSON.stringify(told));

function measure(feed: LogFeed, query: string): { count: number; search: number; filter: number } {
  const searching = createLogView(feed);
  const started = performance.now();
  searching.update((state) => ({ ...state, search: query }));
  const count = searching.found()?.count ?? 0;
  const searched = performance.now();
  const filtering = createLogView(feed);
  const pattern = parsePattern(query);
  if ("fault" in pattern) throw new Error(pattern.fault);
  filtering.update((state) => ({ ...state, filters: [pattern] }));
  filtering.shown().passing();
  return { count, search: searched - started, filter: performance.now() - searched };
}

/** A feed that keeps so many lines, read as the engine sends them. */
function filled(kind: Kind): LogFeed {
  const buffer = createLogBuffer({ lines: kept, bytes: 64 << 20 });
  const reader = createLineReader(false, (line) => buffer.append([line]));
  for (let number = 1; number <= kept; number += 1) reader.write(frame(number));
  reader.end();
  const state = { status: "following", older: "none", newer: "live", version: 1 } as const;
  return {
    ...{ buffer, get: () => state, subscribe: () => () => {}, rate: () => 0 },
    ...{ loadOlder() {}, loadNewer() {}, run: async () => {} },
  };

  function frame(number: number): Buffer {
    const stamp = new Date(Date.UTC(2026, 10, 20) + number).toISOString().replace("Z", "000000Z");
    const body = Buffer.from(`${stamp} ${lineOf(kind, number)}\n`);
    const head = Buffer.from([1, 0, 0, 0, 0, 0, 0, 0]);
    head.writeUInt32BE(body.length, 4);
    return Buffer.concat([head, body]);
  }
}
