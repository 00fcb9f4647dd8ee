import type { LogBuffer } from "../../docker/log-buffer.ts";
import type { LogLine } from "../../docker/logs.ts";
import type { Store } from "../../docker/store.ts";
import { type Pattern, parsePattern } from "../../format/log/filter.ts";
import { type Level, levelOf } from "../../format/log/level.ts";
import { memo } from "../memo.ts";
import { wanted } from "../search-line.ts";
import { createMatches, indexFrom, type Matches } from "./matches.ts";
import type { Shown } from "./shown.ts";
import type { LogState, LogView } from "./view.ts";

const grave: readonly (Level | undefined)[] = ["fatal", "error"];

/** The part of a log view that finds: what is searched for, and errors. */
export type Finder = Pick<LogView, "hits" | "found" | "fault" | "wants" | "jump">;

type Parts = {
  buffer: LogBuffer;
  state: Store<LogState>;
  shown(): Shown;
  plain(line: LogLine): string;
  level(number: number): Level | undefined;
};

/** Finds among the shown lines of that buffer. */
export function createFinder({ buffer, state, shown, plain, level }: Parts): Finder {
  const pattern = memo(
    () => [wanted(state.get())],
    () => {
      const text = wanted(state.get());
      return text === "" ? undefined : parsePattern(text);
    },
  );
  const sought = (): Pattern | undefined => {
    const found = pattern();
    return found && "test" in found ? found : undefined;
  };
  const matching = memo(
    () => [sought(), shown()],
    (): Matches | undefined => {
      const wish = sought();
      return wish && createMatches(buffer, passes(wish));
    },
  );
  const passes = (wish: Pattern) => (number: number) => {
    const line = buffer.get(number);
    return line !== undefined && shown().has(number) && wish.test(plain(line));
  };
  const errors = memo(
    () => [shown()],
    () => createMatches(buffer, (number) => shown().has(number) && grave.includes(level(number))),
  );
  return {
    hits: (text) => sought()?.find(text) ?? [],
    found() {
      const all = matching()?.all();
      if (!all) return undefined;
      const { at } = state.get();
      const index = at === undefined ? -1 : indexFrom(all, at);
      return { count: all.length, at: all[index] === at && at !== undefined ? index + 1 : undefined };
    },
    fault() {
      const found = pattern();
      return found && "fault" in found ? found.fault : undefined;
    },
    wants(line, what) {
      if (!shown().passes(line)) return false;
      return what === "match" ? sought()?.test(plain(line)) === true : grave.includes(levelOf(plain(line)));
    },
    jump(direction, to = "match") {
      const all = (to === "match" ? matching() : errors())?.all() ?? [];
      const { follow, top, at } = state.get();
      const isAt = at !== undefined && !follow && at === top;
      const from = follow ? buffer.end() : isAt ? at : direction > 0 ? top - 1 : top;
      const index = direction > 0 ? indexFrom(all, from + 1) : indexFrom(all, from) - 1;
      const number = all[index];
      if (number === undefined) return false;
      state.set((before) => ({ ...before, follow: false, top: number, row: 0, at: number }));
      return true;
    },
  };
}
