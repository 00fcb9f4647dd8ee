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
  /** While false, keys are swallowed: a dialog hears none before it stands on the screen. */
  ready?(): boolean;
};

/** Who hears a key. */
export type Keyboard = {
  press(keys: readonly KeyPress[]): void;
  /** Pasted text is typed into a text target or dropped; it never acts as keys. */
  paste(text: string): void;
  add(layer: Layer): () => void;
  /** All that can be pressed now, uppermost layer first; without the keys that a layer above has taken. */
  reachable(): readonly Bound[];
  /** What takes text now, if anything does. */
  text(): TextTarget | undefined;
  /** Told when layers came or went, and after every key. */
  /** Tells those who show keys that what applies may have changed without one being pressed. */
  touch(): void;
  subscribe(listener: () => void): () => void;
};

/** What the keyboard must know of the app. */
export type KeyboardOptions = {
  /** Changes when a layer is about to come or go: the keys after it wait for that. */
  scene(): unknown;
  /** Calls back once React has put up what changed. */
  settled(run: () => void): void;
  /** Whether a key has given the terminal away: what was typed along with it was not meant for the screen. */
  away?(): boolean;
  /** Told of keys that nobody knows, and of known ones that do not apply now. */
  refuse(key: string, reason: string | undefined): void;
};

/**
 * The one dispatcher. Fast typing arrives as one event, so keys are worked off one by one; when one of them changes the
 * scene (opens a palette, say) the rest wait until the new layer is there, as they would have been typed into it.
 */
export function createKeyboard(options: KeyboardOptions): Keyboard {
  let layers: readonly Layer[] = [];
  const listeners = new Set<() => void>();
  let queue: KeyPress[] = [];
  let waiting = false;

  const changed = () => {
    for (const listener of [...listeners]) listener();
  };
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

  function pump(): void {
    waiting = false;
    for (let key = queue.shift(); key; key = queue.shift()) {
      const before = options.scene();
      dispatch(key);
      if (options.away?.()) queue = [];
      if (options.scene() === before) continue;
      waiting = true;
      return options.settled(() => {
        pump();
        changed();
      });
    }
  }

  function dispatch(key: KeyPress): void {
    let reason: string | undefined;
    if (stack()[0]?.ready?.() === false || typing()?.press(key)) return;
    for (const layer of stack()) {
      const known = layer.bindings().filter(({ keys }) => keys.includes(key.name));
      const fit = known.find((binding) => binding.unavailable() === undefined);
      if (fit) return fit.run(key.name);
      reason ??= known[0]?.unavailable();
    }
    options.refuse(key.name, reason);
  }

  return {
    press(keys) {
      queue.push(...keys);
      if (!waiting) pump();
      changed();
    },
    paste(text) {
      queue = [];
      if (stack()[0]?.ready?.() !== false) typing()?.paste(text);
      changed();
    },
    add(layer) {
      layers = [...layers, layer];
      changed();
      return () => {
        layers = layers.filter((other) => other !== layer);
        changed();
      };
    },
    reachable() {
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
    text: typing,
    touch: changed,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
