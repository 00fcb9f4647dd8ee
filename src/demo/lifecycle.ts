import type { ContainerStatus, DemoContainer, LogSpan } from "./types.ts";

type Patch = Partial<DemoContainer>;

/** How many lines the container has logged at `now` (ms since 1970). */
export function lineCount(container: DemoContainer, now: number): number {
  const last = container.logSpans.at(-1);
  if (last === undefined || container.voice === "none") return 0;
  const length = Math.max(0, Math.min(now, last.to ?? now) - last.from);
  return last.first + Math.floor(length / container.logEvery);
}

/** How long the container has run without pauses, in ms. */
export const ranFor = ({ ran }: DemoContainer, now: number): number =>
  ran.ms + (ran.since === undefined ? 0 : Math.max(0, now - ran.since));

const open = (container: DemoContainer, now: number): readonly LogSpan[] => [
  ...closed(container, now),
  { first: lineCount(container, now), from: now, to: undefined },
];

const closed = (container: DemoContainer, now: number): readonly LogSpan[] =>
  container.logSpans.map((span) => (span.to === undefined ? { ...span, to: now } : span));

const begun = (container: DemoContainer, now: number): Patch => ({
  status: "running",
  startedAt: now,
  exitCode: 0,
  oomKilled: false,
  error: "",
  health: container.health && { status: "starting", failingStreak: 0, log: [] },
  ran: { ms: 0, since: now },
  logSpans: open(container, now),
});

const ended = (container: DemoContainer, now: number): Patch => ({
  finishedAt: now,
  ran: { ms: ranFor(container, now), since: undefined },
  logSpans: closed(container, now),
});

/** What else changes in a container when its status becomes `status` at `now`. */
export function patchFor(container: DemoContainer, status: ContainerStatus, now: number): Patch {
  if (status === "running" && container.status === "paused")
    return { status, ran: { ...container.ran, since: now }, logSpans: open(container, now) };
  if (status === "running") return begun(container, now);
  if (status === "paused")
    return {
      status,
      ran: { ms: ranFor(container, now), since: undefined },
      logSpans: closed(container, now),
    };
  return status === "created" ? { status } : { status, ...ended(container, now) };
}
