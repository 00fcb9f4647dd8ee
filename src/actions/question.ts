type Common = {
  id: string;
  label: string;
  /** A heading above it, in a long form. */
  section?: string;
};

/** On or off; `key` turns it in a yes-or-no dialog, space in a form. */
export type SwitchField = Common & { kind: "switch"; key?: string; on: boolean; hint?: string };

/** One of a few words. */
export type ChoiceField = Common & {
  kind: "choice";
  value: string;
  choices: readonly string[];
  hint?: string;
};

/** A line of text. */
export type TextField = Common & {
  kind: "text";
  value: string;
  hint: string;
  /** What it is now, told beside what it shall become. */
  was?: string;
  /** Why the text will not do; undefined when it will. */
  check(value: string, answers: Answers): string | undefined;
};

/** Something a dialog asks beside yes and no. */
export type Field = SwitchField | ChoiceField | TextField;

/** What was answered, by field. */
export type Answers = Readonly<Record<string, string | boolean>>;

/**
 * A question before something is done: it names what it is about, and the docker command that does the same. With
 * fields to fill in it is a form, answered with Enter on its last line; without one a yes-or-no dialog, answered with
 * `y`, never with Enter.
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
  /** Answers that a pasted text stands for; undefined when it is for the field it was pasted into. */
  pasted?(text: string): Answers | undefined;
  answer(answers: Answers): void;
};

/** Whether a question is filled in like a form; else it is answered with yes or no. */
export function isForm({ fields }: Pick<Question, "fields">): boolean {
  return fields.some(({ kind }) => kind !== "switch");
}

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
      const fault = faultOf(field, answers);
      return fault === undefined ? [] : [[field.id, fault]];
    }),
  );
}

/** The answers with those empty that say what is so already. */
export function onlyChanged(fields: readonly Field[], answers: Answers): Answers {
  const same = fields.filter(
    (field) => field.kind === "text" && field.was !== undefined && answers[field.id] === field.value,
  );
  return { ...answers, ...Object.fromEntries(same.map(({ id }) => [id, ""])) };
}

/** An answer as text, without blanks around it. */
export function textOf(answer: Answers[string] | undefined): string {
  return String(answer ?? "").trim();
}

/** Why the answer to a field will not do; undefined when it will. */
export function faultOf(field: Field, answers: Answers): string | undefined {
  return field.kind === "text" ? field.check(String(answers[field.id] ?? ""), answers) : undefined;
}
