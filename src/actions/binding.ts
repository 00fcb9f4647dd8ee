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
  /** Why it does nothing now; undefined when it does. */
  unavailable?(context: Context): string | undefined;
  /** The docker command line that does the same, where there is one. */
  command?(context: Context): string | undefined;
  run(context: Context, key: string): void;
};

/** A binding with its context filled in: what a layer of the keyboard holds. */
export type Bound = Omit<Binding<never>, "unavailable" | "command" | "run"> & {
  unavailable(): string | undefined;
  command(): string | undefined;
  run(key: string): void;
};

/** The bindings of a place, each with that place filled in. */
export function bind<Context>(bindings: readonly Binding<Context>[], context: Context): Bound[] {
  return bindings.map((binding) => ({
    ...binding,
    unavailable: () => binding.unavailable?.(context),
    command: () => binding.command?.(context),
    run: (key) => binding.run(context, key),
  }));
}
