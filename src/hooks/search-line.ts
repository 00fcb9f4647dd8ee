import type { Store } from "../docker/store.ts";
import type { TextTarget } from "./layers.ts";
import { editLine, insertText, type Line, lineOf } from "./line-editor.ts";

/** What is searched for somewhere, and what is being typed for it; smart-case: capitals make case matter. */
export type Searching = { typing: Line | undefined; search: string };

/** What is searched for at this moment: each letter counts as it is typed. */
export function wanted({ typing, search }: Searching): string {
  return typing?.text ?? search;
}

/** What typing does while a search is typed: Enter keeps it and calls `find`, Esc gives up. */
export function searchTarget<State extends Searching>(
  { get, set }: Pick<Store<State>, "get" | "set">,
  { verb, find }: { verb: string; find(): void },
): TextTarget | undefined {
  const { typing } = get();
  if (!typing) return undefined;
  const type = (line: Line | undefined) => set((state) => ({ ...state, typing: line }));
  return {
    hints: [
      ["Enter", verb],
      ["Esc", "give up"],
    ],
    press(key) {
      if (key.name === "ctrl+c") return false;
      if (key.name === "esc") type(undefined);
      else if (key.name === "enter") {
        set((state) => ({ ...state, typing: undefined, search: typing.text }));
        if (typing.text !== "") find();
      } else {
        const line = editLine(typing, key);
        if (line) type(line);
      }
      return true;
    },
    paste: (text) => type(insertText(typing, text)),
  };
}

/** Begins to type a search with a text that was pasted. */
export function searchPasted<State extends Searching>({
  set,
}: Pick<Store<State>, "set">): (text: string) => void {
  return (text) => set((state) => ({ ...state, typing: insertText(lineOf(""), text) }));
}

/** Where a text holds another, from left to right, without overlaps. */
export function findAll(text: string, wanted: string): [from: number, to: number][] {
  if (wanted === "") return [];
  const fold = wanted === wanted.toLowerCase();
  const within = fold ? text.toLowerCase() : text;
  const found: [number, number][] = [];
  for (let at = within.indexOf(wanted); at >= 0; at = within.indexOf(wanted, at + wanted.length))
    found.push([at, at + wanted.length]);
  return found;
}
