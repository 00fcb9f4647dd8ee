/** Something a dialog asks beside yes and no; its value is a switch or a text. */
export type Field =
  | { kind: "switch"; id: string; key: string; label: string; on: boolean }
  | {
      kind: "text";
      id: string;
      label: string;
      value: string;
      hint: string;
      /** Why the text will not do; undefined when it will. */
      check(value: string): string | undefined;
    };

/** What was answered, by field. */
export type Answers = Readonly<Record<string, string | boolean>>;

/**
 * A question before something is done: it names what it is about, and the docker command that does the same. With a
 * text field it is a form, answered with Enter; without one a yes-or-no dialog, answered with `y`, never with Enter.
 */
export type Question = {
  title: string;
  /** The objects it is about and what goes with each; none is left out. */
  objects: readonly string[];
  /** What a person should know before the yes. */
  note?: string;
  fields: readonly Field[];
  /** What yes does, as a verb: "remove 3 containers". */
  verb: string;
  danger: boolean;
  /** The docker command line that does the same, where there is one. */
  command?(answers: Answers): string;
  answer(answers: Answers): void;
};

/** The answers before anything was changed. */
export function firstAnswers(fields: readonly Field[]): Answers {
  return Object.fromEntries(
    fields.map((field) => [field.id, field.kind === "switch" ? field.on : field.value]),
  );
}

/** What keeps a form from being sent, by field; empty when nothing does. */
export function faults(fields: readonly Field[], answers: Answers): Readonly<Record<string, string>> {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const fault = field.kind === "text" ? field.check(String(answers[field.id] ?? "")) : undefined;
      return fault === undefined ? [] : [[field.id, fault]];
    }),
  );
}
