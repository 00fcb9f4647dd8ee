import type { Bound } from "../actions/binding.ts";
import type { Clock } from "../docker/clock.ts";
import type { KeyPress } from "./keys.ts";
import { createLayers, type Layer, type TextTarget } from "./layers.ts";
import { createPace, holdMs } from "./pace.ts";

/** Who hears a key. */
export type Keyboard = {
  press(keys: readonly KeyPress[]): void;
  /** Pasted text goes into a text, or begins one where a layer wants it; it never acts as keys. */
  paste(text: string): void;
  add(layer: Layer): () => void;
  /** All that can be pressed now, uppermost layer first; without the keys that a layer above has taken. */
  reachable(): readonly Bound[];
  /** What takes text now, if anything does. */
  text(): TextTarget | undefined;
  /** Tells those who show keys that what applies may have changed without one being pressed. */
  touch(): void;
  /** Told when layers came or went, and after every key. */
  subscribe(listener: () => void): () => void;
};

/** What the keyboard must know of the app. */
export type KeyboardOptions = {
  /** Changes when a layer is about to come or go: the keys after it wait for that. */
  scene(): unknown;
  /** Calls back once React has put up what changed. */
  settled(run: () => void): void;
  /** How many frames were painted so far. */
  frames(): number;
  /** Whether a key has given the terminal away: what was typed along with it was not meant for the screen. */
  away?(): boolean;
  /** What tells keys from a paste that the terminal does not mark. */
  clock: Pick<Clock, "now" | "after">;
  /** Told of pasted text that nothing here takes. */
  ignore(): void;
  /** Told of keys that nobody knows, and of known ones that do not apply now. */
  refuse(key: string, reason: string | undefined): void;
};

/**
 * The one dispatcher. Fast typing arrives as one event, so keys are worked off one by one; when one of them changes the
 * scene (opens a palette, say) the rest wait until the new layer is there, as they would have been typed into it. What
 * comes faster than fingers is a paste that the terminal did not mark: outside of a text it does nothing.
 */
export function createKeyboard(options: KeyboardOptions): Keyboard {
  const layers = createLayers();
  const pace = createPace(options.clock);
  const listeners = new Set<() => void>();
  /** Keys that wait, each with how many frames were painted when it was pressed. */
  let queue: { key: KeyPress; frames: number }[] = [];
  let waiting = false;

  const changed = () => {
    for (const listener of [...listeners]) listener();
  };

  /** Lets the keys wait until something is over. */
  function wait(until: (run: () => void) => unknown, then: () => void): void {
    waiting = true;
    until(() => {
      waiting = false;
      then();
      pump();
      changed();
    });
  }

  function pump(): void {
    while (!waiting) {
      const next = queue.shift();
      if (!next) return;
      work(() => layers.isReady(next.frames) && dispatch(next.key));
    }
  }

  /** Does what a key does; those behind it wait for what that changes. */
  function work(act: () => unknown): void {
    const before = options.scene();
    act();
    if (options.away?.()) queue = [];
    if (options.scene() !== before) wait(options.settled, () => {});
  }

  function dispatch(key: KeyPress): void {
    const typed = layers.typing()?.press(key) === true;
    if (!typed) command(key);
    pace.hear(key, typed);
  }

  function command(key: KeyPress): void {
    const { fit, reason } = layers.meant(key);
    const changes = fit?.changes === true;
    if (pace.isPaste(key, { behind: behind(), changes })) ignore();
    else if (!fit) options.refuse(key.name, reason);
    else if (changes && key.text !== undefined) hold(key, fit);
    else fit.run(key.name);
  }

  /** What changes something waits a moment for letters that would make it part of a paste; its targets are held. */
  function hold(key: KeyPress, { take, run }: Bound): void {
    const act = take?.(key.name) ?? (() => run(key.name));
    wait(
      (over) => options.clock.after(holdMs, () => options.settled(over)),
      () => {
        if (pace.isPaste(key, { behind: behind(), changes: true })) ignore();
        else work(act);
      },
    );
  }

  const behind = () => queue.map(({ key }) => key);

  function ignore(): void {
    queue = [];
    pace.paste();
    options.ignore();
  }

  return {
    press(keys) {
      if (pace.isPasting()) return ignore();
      pace.next();
      const frames = options.frames();
      queue.push(...keys.map((key) => ({ key, frames })));
      pump();
      changed();
    },
    paste(text) {
      queue = [];
      const take = layers.isReady(options.frames()) ? layers.paster() : undefined;
      if (take) take(text);
      else options.ignore();
      changed();
    },
    add(layer) {
      const remove = layers.add(layer);
      changed();
      return () => {
        remove();
        changed();
      };
    },
    reachable: layers.reachable,
    text: layers.typing,
    touch: changed,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
