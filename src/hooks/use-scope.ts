import { useLayoutEffect, useRef } from "react";
import type { Layer } from "./layers.ts";
import { useDesk } from "./use-session.ts";

/** The layers of the keyboard, lowest first: a later one hears a key before. */
export const depths = { app: 0, list: 1, view: 2, dialog: 3 } as const;

/** Hears keys for as long as the component is on the screen; what it does with them may change with each render. */
export function useScope(layer: Layer): void {
  const { keyboard } = useDesk();
  const latest = useRef(layer);
  latest.current = layer;
  const { name, depth, modal } = layer;
  useLayoutEffect(
    () =>
      keyboard.add({
        name,
        depth,
        modal,
        bindings: () => latest.current.bindings(),
        text: () => latest.current.text?.(),
        paste: () => latest.current.paste?.(),
        ready: (frames) => latest.current.ready?.(frames) ?? true,
      }),
    [keyboard, name, depth, modal],
  );
}
