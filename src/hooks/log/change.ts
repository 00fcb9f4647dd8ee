import type { LogPlace } from "./ask.ts";
import type { LogState } from "./view.ts";

/** What a key does that changes how a log is read. */
export const change =
  (edit: (state: LogState) => Partial<LogState>) =>
  ({ view }: LogPlace): void =>
    view.update((state) => ({ ...state, ...edit(state) }));
