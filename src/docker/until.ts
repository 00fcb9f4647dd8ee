import type { Clock } from "./clock.ts";
import type { Readable } from "./store.ts";

/** Resolves once `holds` is true, asked now and after each change of the stores, or when the signal aborts. */
export function until(
  stores: readonly Pick<Readable<unknown>, "subscribe">[],
  holds: () => boolean,
  signal?: AbortSignal,
): Promise<void> {
  return new Promise((resolve) => {
    const stops: (() => void)[] = [];
    const check = () => {
      if (!signal?.aborted && !holds()) return;
      for (const stop of stops.splice(0)) stop();
      signal?.removeEventListener("abort", check);
      resolve();
    };
    for (const store of stores) stops.push(store.subscribe(check));
    signal?.addEventListener("abort", check);
    check();
  });
}

/** Like `until`, but for no longer than `ms` on that clock. */
export async function untilWithin(
  clock: Clock,
  ms: number,
  stores: readonly Pick<Readable<unknown>, "subscribe">[],
  holds: () => boolean,
): Promise<void> {
  const late = new AbortController();
  const cancel = clock.after(ms, () => late.abort());
  await until(stores, holds, late.signal);
  cancel();
}
