import type { Bound } from "../actions/binding.ts";
import type { KeyPress } from "./keys.ts";

/** Takes text instead of commands while it is there: a query, a form's field. */
export type TextTarget = {
  /** Returns false for keys it has no use for: bindings get those. */
  press(key: KeyPress): boolean;
  paste(text: string): void;
  /** What its own keys do, for the footer: key and label. */
  hints: readonly (readonly [key: string, label: string])[];
};

/** A place that hears keys. The uppermost that knows a key gets it; a modal one lets nothing through. */
export type Layer = {
  name: string;
  /** Higher lies above; of the same depth the later one does. */
  depth: number;
  modal: boolean;
  bindings(): readonly Bound[];
  text?(): TextTarget | undefined;
  /** What takes pasted text while none is being typed: begins to look for it, say. */
  paste?(): ((text: string) => void) | undefined;
  /** Whether it hears keys that were pressed when so many frames were painted: a dialog none before it was. */
  ready?(frames: number): boolean;
};

/** The places that hear keys at this moment. */
export function createLayers() {
  let layers: readonly Layer[] = [];
  const stack = (): readonly Layer[] => {
    const upward = layers
      .map((layer, order) => ({ layer, order }))
      .sort((a, b) => b.layer.depth - a.layer.depth || b.order - a.order)
      .map(({ layer }) => layer);
    const modal = upward.findIndex((layer) => layer.modal);
    return modal < 0 ? upward : upward.slice(0, modal + 1);
  };

  /** Text goes before keys, whichever layer it is typed in: a `q` in a query leaves nothing. */
  function typing(): TextTarget | undefined {
    for (const layer of stack()) {
      const target = layer.text?.();
      if (target) return target;
    }
    return undefined;
  }

  return {
    add(layer: Layer): () => void {
      layers = [...layers, layer];
      return () => {
        layers = layers.filter((other) => other !== layer);
      };
    },
    typing,
    /** Whether keys are heard that were pressed when so many frames were painted; else they are swallowed. */
    isReady: (frames: number) => stack()[0]?.ready?.(frames) !== false,
    /** What takes pasted text, if anything does. */
    paster: () => typing()?.paste ?? stack().flatMap((layer) => layer.paste?.() ?? [])[0],
    /** What a key does now, or why nothing. */
    meant(key: KeyPress): { fit?: Bound; reason?: string | undefined } {
      let reason: string | undefined;
      for (const layer of stack()) {
        const known = layer.bindings().filter(({ keys }) => keys.includes(key.name));
        const fit = known.find((binding) => binding.unavailable() === undefined);
        if (fit) return { fit };
        reason ??= known[0]?.unavailable();
      }
      return { reason };
    },
    /** All that can be pressed now, uppermost layer first; without the keys that a layer above has taken. */
    reachable(): readonly Bound[] {
      const taken = new Set<string>();
      return stack().flatMap((layer) => {
        const own = layer.bindings().flatMap((binding) => {
          const keys = binding.keys.filter((key) => !taken.has(key));
          return keys.length > 0 || binding.keys.length === 0 ? [{ ...binding, keys }] : [];
        });
        for (const { keys } of own) for (const key of keys) taken.add(key);
        return own;
      });
    },
  };
}
