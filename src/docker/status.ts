import type { Health } from "./containers.ts";

/** What the engine's status text says that no other field of the list does. */
export type Status = { health?: Health; exitCode?: number; ageMs?: number };

const unitMs: Record<string, number> = {
  second: 1000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
  month: 2_592_000_000,
  year: 31_536_000_000,
};

/**
 * Reads "Up 3 hours (unhealthy)", "Exited (137) 2 days ago", "Restarting (1) 4 seconds ago". The words come from
 * moby's container/state.go and go-units HumanDuration, which round to one unit: the age is exact to that unit only.
 */
export function readStatus(status: string): Status {
  const health = /\((?:health: )?(starting|healthy|unhealthy)\)/.exec(status)?.[1];
  const exit = /^(?:Exited|Restarting) \((-?\d+)\)/.exec(status)?.[1];
  const age = /(?:(\d+)|(Less than a|About an?)) (second|minute|hour|day|week|month|year)s?/.exec(status);
  const unit = unitMs[age?.[3] ?? ""];
  return {
    ...(health ? { health: health as Health } : {}),
    ...(exit === undefined ? {} : { exitCode: Number(exit) }),
    ...(unit === undefined ? {} : { ageMs: age?.[2] === "Less than a" ? 0 : Number(age?.[1] ?? 1) * unit }),
  };
}
