import { ApiError } from "./http.ts";
import type { Timers } from "./timers.ts";

/** A request as faults see it: the path is without the version prefix. */
export type FaultRequest = { method: string; path: string; query: URLSearchParams };

/** Which request an injected answer is for: the next one of which all holds that is named. */
export type FaultMatch = { method?: string; path: RegExp; query?: RegExp };

/** What to answer it: an error (status 400 and above), or the true answer after `delayMs`. */
export type FaultAnswer = { status: number; message: string; delayMs?: number };

/** Ways to make the engine misbehave. */
export type Faults = {
  answerNext(match: FaultMatch, answer: FaultAnswer): void;
  hang(): void;
  resume(): void;
  /** Resolves when the request may be answered; throws ApiError when it must fail. */
  pass(request: FaultRequest): Promise<void>;
};

/** Makes an engine's faults: none at first. */
export function createFaults(timers: Timers): Faults {
  const planned: { match: FaultMatch; answer: FaultAnswer }[] = [];
  let waiting: (() => void)[] = [];
  let hanging = false;
  const take = ({ method, path, query }: FaultRequest): FaultAnswer | undefined => {
    const place = planned.findIndex(
      ({ match }) =>
        (match.method ?? method) === method &&
        match.path.test(path) &&
        (match.query?.test(query.toString()) ?? true),
    );
    return place < 0 ? undefined : planned.splice(place, 1)[0]?.answer;
  };
  return {
    answerNext: (match, answer) => void planned.push({ match, answer }),
    hang() {
      hanging = true;
    },
    resume() {
      hanging = false;
      const released = waiting;
      waiting = [];
      for (const release of released) release();
    },
    async pass(request) {
      if (hanging) await new Promise<void>((resolve) => waiting.push(resolve));
      const answer = take(request);
      if (answer === undefined) return;
      if (answer.delayMs !== undefined) await timers.sleep(answer.delayMs);
      if (answer.status >= 400) throw new ApiError(answer.status, answer.message);
    },
  };
}
