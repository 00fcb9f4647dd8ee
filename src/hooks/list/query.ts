import type { TextTarget } from "../layers.ts";
import { editLine, insertText, lineOf } from "../line-editor.ts";
import { clear, startFinding } from "./edits.ts";
import type { AnyList } from "./list.ts";

/** Begins a query with a text that was pasted, in place of the one before. */
export function findPasted(list: AnyList, text: string): void {
  startFinding(list);
  list.find(insertText(lineOf(""), text.trim()));
}

/** What typing does while a query is typed: arrows, Enter and Esc end it. */
export function queryTarget(list: AnyList): TextTarget | undefined {
  if (!list.get().finding) return undefined;
  const done = () => list.update((state) => ({ ...state, finding: false }));
  return {
    hints: [
      ["Enter", "keep"],
      ["Esc", "clear"],
      ["↑ ↓", "move"],
      ["!word", "not"],
      ["name: label: state: health: …", "exact"],
    ],
    press(key) {
      if (key.name === "enter") done();
      else if (key.name === "esc") {
        done();
        if (list.get().query.text !== "") clear(list);
      } else if (key.name === "up") list.move(-1);
      else if (key.name === "down") list.move(1);
      else if (key.name === "ctrl+c") return false;
      else {
        const line = editLine(list.get().query, key);
        if (line) list.find(line);
      }
      return true;
    },
    paste: (text) => list.find(insertText(list.get().query, text)),
  };
}
