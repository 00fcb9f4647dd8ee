import type { Column } from "../../actions/list-screen.ts";
import { openOverlay } from "../../actions/overlays.ts";
import type { AnyList, List } from "./list.ts";

/** A column that was chosen gets its room right after the first one. */
const chosenRank = 0.5;

/** The columns a list may show, in order: without those turned off, and without costly ones that were not chosen. */
export function columnsOf<Item extends { id: string }>(list: List<Item>): readonly Column<Item>[] {
  const { chosen } = list.get();
  return list.screen.columns.flatMap((column) => {
    const choice = chosen.get(column.id);
    if (choice === false || (column.costly && !choice)) return [];
    return choice ? [{ ...column, rank: Math.min(column.rank, chosenRank), optional: false }] : [column];
  });
}

/** Keys for the switches of the dialog: neither y nor n, which answer it. */
const switches = "1234567890abcdefgh";

/** Asks which columns to show. */
export function askColumns(list: AnyList): void {
  const { screen, session } = list;
  const shown = new Set(columnsOf(list).map(({ id }) => id));
  openOverlay(session, {
    kind: "question",
    question: {
      title: `Which columns of ${screen.title.toLowerCase()}?`,
      objects: [],
      note: "As many as fit are shown; what is turned on here comes first.",
      fields: screen.columns.slice(1).map(({ id, title, costly }, index) => ({
        kind: "switch",
        id,
        key: switches.charAt(index),
        label: costly ? `${title} (the engine walks all files for it)` : title,
        on: shown.has(id),
      })),
      verb: "show these",
      danger: false,
      answer(answers) {
        const changed = screen.columns.filter(({ id }) => id in answers && answers[id] !== shown.has(id));
        list.update((state) => ({
          ...state,
          chosen: new Map([...state.chosen, ...changed.map(({ id }) => [id, answers[id] === true] as const)]),
        }));
      },
    },
  });
}
