import { type Kind, no, ok, type Parsed } from "./kind.ts";
import type { RunSpec } from "./spec.ts";

/** A flag of `docker run`: what it takes, how it changes a spec, and the words it is written back with. */
export type Flag = {
  name: string;
  short?: string;
  /** Its other long names. */
  others?: readonly string[];
  /** What it takes, as a help text says it; a switch takes nothing. */
  takes?: string;
  fields: readonly (keyof RunSpec)[];
  read(spec: RunSpec, text: string): Parsed<RunSpec>;
  /** The words for it, none where the spec has docker's default. */
  write(spec: RunSpec): readonly string[];
};

type Names = { short?: string; others?: readonly string[] };
type Item<Value> = Value extends readonly (infer One)[] ? One : never;
type ListField = {
  [Field in keyof RunSpec]-?: RunSpec[Field] extends readonly unknown[] ? Field : never;
}[keyof RunSpec];

/** The switches that are off unless they are given. */
type Switch = {
  [Field in keyof RunSpec]-?: NonNullable<RunSpec[Field]> extends boolean ? Field : never;
}[keyof RunSpec];

/** A flag that sets a field; given twice, the last one holds. */
export function one<Field extends keyof RunSpec>(
  name: string,
  field: Field,
  kind: Kind<NonNullable<RunSpec[Field]>>,
  names: Names = {},
): Flag {
  return {
    name,
    ...names,
    takes: kind.takes,
    fields: [field],
    read: (spec, text) => changed(spec, field, kind.parse(text)),
    write(spec) {
      const value = spec[field];
      return value === undefined
        ? []
        : [shown(name, names), kind.print(value as NonNullable<RunSpec[Field]>)];
    },
  };
}

/** A flag that adds to a list; what has the same `key` as an earlier one takes its place. */
export function many<Field extends ListField>(
  name: string,
  field: Field,
  kind: Kind<Item<RunSpec[Field]>>,
  names: Names & { key?: (item: Item<RunSpec[Field]>) => string } = {},
): Flag {
  const { key, ...other } = names;
  type One = Item<RunSpec[Field]>;
  return {
    name,
    ...other,
    takes: kind.takes,
    fields: [field],
    read(spec, text) {
      const parsed = kind.parse(text);
      if ("problem" in parsed) return parsed;
      const list = spec[field] as unknown as readonly One[];
      const at = key ? list.findIndex((item) => key(item) === key(parsed.value)) : -1;
      return ok({ ...spec, [field]: at < 0 ? [...list, parsed.value] : list.with(at, parsed.value) });
    },
    write: (spec) =>
      (spec[field] as unknown as readonly One[]).flatMap((item) => [shown(name, other), kind.print(item)]),
  };
}

/** A flag without a value, or with true or false behind `=`. */
export function toggle<Field extends Switch>(name: string, field: Field, names: Names = {}): Flag {
  return {
    name,
    ...names,
    fields: [field],
    read: (spec, text) => changed(spec, field, truth(text) as Parsed<NonNullable<RunSpec[Field]>>),
    write(spec) {
      if (spec[field] === true) return [shown(name, names)];
      // Off unless given, but for `init`: there the engine has a default of its own.
      return spec[field] === false && field === "init" ? [`--${name}=false`] : [];
    },
  };
}

/** Those that everybody writes with one letter. */
const terse = "ditpve";

/** A flag as it is written: "-p", "--name". */
export function shown(name: string, { short = "" }: Names = {}): string {
  return short !== "" && terse.includes(short) ? `-${short}` : `--${name}`;
}

function changed<Field extends keyof RunSpec>(
  spec: RunSpec,
  field: Field,
  parsed: Parsed<NonNullable<RunSpec[Field]>>,
): Parsed<RunSpec> {
  return "problem" in parsed ? parsed : ok({ ...spec, [field]: parsed.value });
}

/** Go's strconv.ParseBool. */
function truth(text: string): Parsed<boolean> {
  if (["1", "t", "T", "true", "TRUE", "True"].includes(text)) return ok(true);
  if (["0", "f", "F", "false", "FALSE", "False"].includes(text)) return ok(false);
  return no("is neither true nor false");
}
