import type { LogFeed } from "../../docker/log-buffer.ts";
import type { LogLine } from "../../docker/logs.ts";
import type { Readable } from "../../docker/store.ts";
import type { LogState } from "./view.ts";

/** Has the feed keep only what passes the filters, for as long as they go through the whole log. */
export function followFilters(
  feed: LogFeed,
  state: Readable<LogState>,
  plain: (line: LogLine) => string,
): void {
  const wanted = () => {
    const { whole, filters, context } = state.get();
    return whole && filters.length > 0 ? { filters, context } : { filters: undefined, context: 0 };
  };
  let last = wanted();
  state.subscribe(() => {
    const { filters, context } = wanted();
    if (filters === last.filters && context === last.context) return;
    last = { filters, context };
    const passes = (line: LogLine) => filters?.every((filter) => filter.test(plain(line))) === true;
    feed.places?.sieve(filters && { passes, context });
  });
}
