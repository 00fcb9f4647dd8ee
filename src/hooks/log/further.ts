import { notify } from "../../actions/session.ts";
import { explain } from "../../docker/errors.ts";
import type { LogFeed, LogPlaces } from "../../docker/log-buffer.ts";
import type { LogLine } from "../../docker/logs.ts";
import { until } from "../../docker/until.ts";
import type { LogPlace } from "./ask.ts";
import { headOf, isSame, keptFrom, tailOf } from "./places.ts";
import type { LogView } from "./view.ts";

/** So often, in lines, the screen is told how far a search is. */
const toldEach = 20_000;

/** So many pages of lines of one ms are looked through for the one that was found. */
const pagesOfMoment = 20;

/** What is looked for, and in which direction. */
type Sought = { direction: 1 | -1; what: "match" | "error" };

/** Searches the log beyond what is kept of it, and goes to the nearest line that is found; Esc ends it. */
export function searchFurther({ view, session }: LogPlace, { direction, what }: Sought): void {
  const way = direction === 1 ? "further" : "earlier";
  const { places } = view.feed;
  const from = edgeOf(view, direction);
  if (view.get().looking) return;
  if (!places || !from || !isMore(view, direction)) return notify(session, "warn", `No ${way} ${what}.`);
  const leaving = new AbortController();
  const tell = (lines: number) =>
    view.update((state) => ({ ...state, looking: { direction, lines, cancel: () => leaving.abort() } }));
  const over = () => view.update((state) => ({ ...state, looking: undefined }));
  let lines = 0;
  const looked = (more: number) => {
    if (Math.floor((lines + more) / toldEach) > Math.floor(lines / toldEach)) tell(lines + more);
    lines += more;
  };
  const passes = (line: LogLine) => view.wants(line, what);
  tell(0);
  places
    .search({ direction, from, passes, looked, signal: leaving.signal })
    .then((line) => (line ? goTo(view, places, line) : notify(session, "warn", `No ${way} ${what}.`)))
    .catch((error: unknown) => {
      if (leaving.signal.aborted) return notify(session, "warn", "The search was ended.");
      // Whoever leaves the log ends it, too.
      if (!isAbort(error)) notify(session, "bad", explain(error, session.engine.endpoint).message);
    })
    .finally(over);
}

/** The first or the last line that is kept. */
function edgeOf({ feed: { buffer } }: LogView, direction: 1 | -1): LogLine | undefined {
  return direction > 0 ? tailOf(buffer, 1)[0] : headOf(keptFrom(buffer))?.[0];
}

function isMore(view: LogView, direction: 1 | -1): boolean {
  const { older, newer } = view.feed.get();
  if (view.get().whole) return false;
  return direction < 0 ? older !== "none" : newer !== "live";
}

/** Begins what is kept with the moment of that line, and shows it. */
async function goTo({ feed, update }: LogView, places: LogPlaces, line: LogLine): Promise<void> {
  await places.seek({ at: Date.parse(line.stamp) });
  let top = numberOf(feed, line);
  for (let pages = 0; top === undefined && feed.get().newer === "more" && pages < pagesOfMoment; pages += 1) {
    feed.loadNewer();
    await until([feed], () => feed.get().newer !== "loading");
    top = numberOf(feed, line);
  }
  const at = top ?? feed.buffer.first();
  update((state) => ({ ...state, follow: false, top: at, row: 0, at, range: "", since: undefined }));
  feed.loadOlder();
}

function numberOf({ buffer }: LogFeed, line: LogLine): number | undefined {
  let number = buffer.first();
  for (const kept of keptFrom(buffer)) {
    if (isSame(kept, line) && kept.from === line.from) return number;
    number += 1;
  }
  return undefined;
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === "AbortError";
}
