/**
 * What keys do, as data. The footer, `?`, the palette, the README's tables and the collision test all read bindings,
 * so that a key and its words stand in one place.
 */
export type Binding<Context> = {
  id: string;
  /** Names as in `hooks/keys.ts`: "l", "ctrl+d", "up"; the first one is shown. */
  keys: readonly string[];
  /** One or two words for the footer. */
  label: string;
  /** One sentence for help, palette and README. */
  help: string;
  /** Shown in the footer; lower comes first. */
  footer?: number;
  /** It changes or ends something: a letter that does so waits a moment, lest it be part of a pasted text. */
  changes?: true;
  /** Why it does nothing now; undefined when it does. */
  unavailable?(context: Context): string | undefined;
  /** The docker command line that does the same, where there is one. */
  command?(context: Context): string | undefined;
  run(context: Context, key: string): void;
  /** Takes what it acts upon now, for what is only then done by the answer; `run` does both at once. */
  take?(context: Context, key: string): () => void;
};

/** A binding with its context filled in: what a layer of the keyboard holds. */
export type Bound = Omit<Binding<never>, "unavailable" | "command" | "run" | "take"> & {
  unavailable(): string | undefined;
  command(): string | undefined;
  run(key: string): void;
  take?(key: string): () => void;
};

/** The bindings of a place, each with that place filled in. */
export function bind<Context>(bindings: readonly Binding<Context>[], context: Context): Bound[] {
  return bindings.map(({ take, ...binding }) => ({
    ...binding,
    ...(take ? { take: (key: string) => take(context, key) } : {}),
    unavailable: () => binding.unavailable?.(context),
    command: () => binding.command?.(context),
    run: (key) => binding.run(context, key),
  }));
}
