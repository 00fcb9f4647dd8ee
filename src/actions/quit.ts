import { untilWithin } from "../docker/until.ts";
import { ask } from "./ask.ts";
import { count } from "./perform.ts";
import type { Session } from "./session.ts";

/** Quits; where something is lost by that, asks first. */
export function quit(session: Session): void {
  const going = unfinished(session);
  if (going.length === 0) return session.host.quit();
  ask(session, {
    title: "Quit while this is going on?",
    objects: going,
    note: "Copies are cancelled and leave nothing behind, a clean-up ends with the object it is at; what the engine has begun may go on.",
    fields: [],
    verb: "quit",
    danger: true,
    answer: () => session.host.quit(),
  });
}

/** What would be cut short: clean-ups, copies, pulls, commands. The engine carries the rest out by itself. */
function unfinished({ busy, outputs, cleanUps }: Session): string[] {
  const copies = [...busy.get().values()].filter(({ amount }) => amount !== undefined);
  const running = outputs.get().filter((output) => output.isRunning());
  const cleaning = cleanUps.get().filter((run) => run.isRunning());
  return [
    ...cleaning.map((run) => `clean-up of ${count(run.get().items.length, ["object", "objects"])}`),
    ...copies.map(({ name, label, amount }) => `${label} ${name}  ${amount}`),
    ...running.map(({ title }) => title),
  ];
}

/** Gives up all that is being done; resolves when it was put in order, or after `patienceMs`. */
export function giveUp(
  { busy, outputs, cleanUps, journal, clock }: Session,
  patienceMs: number,
): Promise<void> {
  for (const { cancel } of busy.get().values()) cancel();
  for (const output of outputs.get()) output.cancel();
  for (const run of cleanUps.get()) run.stop();
  const isOver = () => journal.get().every(({ outcome }) => outcome !== "running");
  return untilWithin(clock, patienceMs, [journal], isOver);
}
