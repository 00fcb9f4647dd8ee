import { ask } from "../../actions/ask.ts";
import { type Answers, type TextField, textOf } from "../../actions/question.ts";
import { notify, type Session } from "../../actions/session.ts";
import type { Container } from "../../docker/containers.ts";
import { explain } from "../../docker/errors.ts";
import { type Pattern, parsePattern } from "../../format/log/filter.ts";
import { parseMoment } from "../../format/log/moment.ts";
import { stampOf } from "./places.ts";
import type { LogView } from "./view.ts";

/** A log view on the screen; `containers` are those whose log it is, none where it is what a program writes. */
export type LogPlace = { view: LogView; session: Session; containers?: readonly Container[] };

const filterHint = "text, or /regex/; ! in front leaves those lines out; empty: no filter";

/** Asks which lines are shown: a row for each filter and one for another. */
export function askFilters({ view, session }: LogPlace): void {
  const { filters, context } = view.get();
  const fields = [...filters, undefined].map(
    (filter, at): TextField => ({
      kind: "text",
      id: `filter-${at}`,
      label: at === 0 ? "Lines with" : "and with",
      value: filter?.source ?? "",
      hint: filterHint,
      check: faultOfPattern,
    }),
  );
  ask(session, {
    title: "Which lines shall be shown?",
    objects: [],
    fields: [
      ...fields,
      {
        ...{ kind: "text", id: "context", label: "Lines around", value: String(context) },
        hint: "so many before and after each of them; - and + change it",
        check: (text) => (/^\d{1,3}$/.test(text.trim()) ? undefined : "A number from 0 to 999."),
      },
    ],
    verb: "show",
    danger: false,
    answer(answers) {
      const patterns = fields.flatMap(({ id }) => patternOf(answers, id));
      const context = Number(textOf(answers.context));
      view.update(({ whole, ...state }) => ({
        ...{ ...state, filters: patterns, context },
        whole: whole && patterns.length > 0,
      }));
    },
  });
}

function faultOfPattern(text: string): string | undefined {
  if (text === "") return undefined;
  const pattern = parsePattern(text);
  return "fault" in pattern ? pattern.fault : undefined;
}

function patternOf(answers: Answers, id: string): Pattern[] {
  const text = String(answers[id] ?? "");
  const pattern = text === "" ? undefined : parsePattern(text);
  return pattern && "test" in pattern ? [pattern] : [];
}

/** Asks for a moment, and goes to the first line of it. */
export function askMoment({ view, session }: LogPlace): void {
  const now = session.clock.now();
  ask(session, {
    title: "Go to which time?",
    objects: [],
    fields: [
      {
        ...{ kind: "text", id: "at", label: "Time", value: "" },
        hint: "14:05, yesterday 14:05, 2026-11-20 14:05, -2h; local time",
        check: (text) =>
          parseMoment(text, now) === undefined ? "A time such as 14:05, -2h or 2026-11-20 14:05." : undefined,
      },
    ],
    verb: "go",
    danger: false,
    answer({ at }) {
      const moment = parseMoment(textOf(at), now);
      if (moment === undefined) return;
      if (view.get().whole) goToKept(view, moment);
      else seek({ view, session }, { at: moment });
    },
  });
}

/** Goes to the first kept line of a moment (unix ms) or later; where only some lines are kept, those are all there are. */
function goToKept({ feed: { buffer }, update }: LogView, moment: number): void {
  let top = buffer.first();
  while (top < buffer.end() - 1 && (buffer.get(top)?.stamp ?? "") < stampOf(moment)) top += 1;
  update((state) => ({ ...state, follow: false, top, row: 0, at: undefined }));
}

/** Goes to another place of the log and rests there. */
export function seek({ view, session }: LogPlace, place: "start" | { at: number }): void {
  view.feed.places?.seek(place).then(
    () => {
      view.update((state) => ({
        ...state,
        follow: false,
        top: view.feed.buffer.first(),
        row: 0,
        at: undefined,
        ...(place === "start" ? {} : { range: "", since: undefined }),
      }));
      // What lies above is there when one scrolls up.
      view.feed.loadOlder();
    },
    (error: unknown) => notify(session, "bad", explain(error, session.engine.endpoint).message),
  );
}

/** Asks whose lines are shown. */
export function askMuted({ view, session }: LogPlace): void {
  const { muted } = view.get();
  const keys = "abcdefghijklmoprstuvwxz0123456789";
  ask(session, {
    title: "Whose lines shall be shown?",
    objects: [],
    fields: view.owners.map((name, at) => ({
      kind: "switch",
      id: `owner-${at}`,
      label: name,
      on: !muted.has(name),
      ...(view.owners.length <= keys.length ? { key: keys[at] ?? "" } : {}),
    })),
    verb: "show",
    danger: false,
    answer: (answers) =>
      view.update((state) => ({
        ...state,
        muted: new Set(view.owners.filter((_, at) => answers[`owner-${at}`] !== true)),
      })),
  });
}
