import { ask } from "../../../actions/ask.ts";
import { type Answers, firstAnswers, type SwitchField } from "../../../actions/question.ts";
import { notify } from "../../../actions/session.ts";
import type { Pager } from "../../../docker/pager.ts";
import type { LogPlace } from "../ask.ts";
import { extentOf, extentsOf, formOf, logName, takeFields } from "./fields.ts";
import { createSieve } from "./sieve.ts";
import { readWhole } from "./whole.ts";
import { keptLines, writtenAs } from "./written.ts";

/** Asks which lines of the log are shown in the person's pager, where there is a choice, and opens it. */
export function askPager(place: LogPlace): void {
  const { session } = place;
  const pager = session.host.pagers.find();
  if (typeof pager === "string") return notify(session, "warn", pager);
  const fields = [...takeFields(place), colourField(pager)];
  const open = (answers: Answers) =>
    session.task.set({ kind: "pager", pager, texts: (signal) => textsOf(place, answers, signal) });
  if (extentsOf(place).length === 1) return open(firstAnswers(fields));
  ask(session, {
    title: `Open the lines of ${logName(place)} in ${pager.name}?`,
    objects: [],
    fields,
    verb: "open",
    helpRows: 2,
    danger: false,
    answer: open,
  });
}

function colourField({ name, coloured }: Pager): SwitchField {
  return {
    ...{ kind: "switch", id: "colours", label: "Colours", on: coloured },
    hint: `for a ${name} that shows them as such, as less -R does; all other controls are made visible`,
  };
}

async function* textsOf(place: LogPlace, answers: Answers, signal: AbortSignal): AsyncGenerator<string> {
  const { session, view, containers = [] } = place;
  const write = writtenAs(formOf(answers, answers.colours === true ? "coloured" : "plain"));
  const { whole } = extentOf(place, answers);
  const filtered = answers.filtered === true;
  if (!whole) {
    for await (const lines of keptLines(view, filtered)) yield write(lines);
    return;
  }
  const skipped: string[] = [];
  const sieve = filtered ? createSieve(view.get()) : undefined;
  const log = { containers, since: whole.since, signal };
  const onSkipped = (name: string, reason: string) =>
    skipped.push(`dockui: ${name} is left out: ${reason}\n`);
  for await (const batch of readWhole(session, { ...log, onSkipped })) {
    const lines = sieve ? sieve(batch) : batch;
    yield skipped.splice(0).join("") + write(lines);
  }
  yield skipped.join("");
}
