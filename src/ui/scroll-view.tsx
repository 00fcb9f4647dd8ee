import { type Binding, type Bound, bind } from "../actions/binding.ts";
import { closeOverlay, type Session } from "../actions/session.ts";
import { sliceColumns } from "../format/ansi.ts";
import { fit } from "../format/fit.ts";
import { type Store, useLocalStore } from "../hooks/use-local-store.ts";
import { depths, useScope } from "../hooks/use-scope.ts";
import { useSession } from "../hooks/use-session.ts";
import { Lines } from "./lines.tsx";
import { useTheme } from "./use-theme.ts";

type Place = { top: Store<number>; count: number; page: number; session: Session };

const to =
  (place: (where: Place, top: number) => number) =>
  (where: Place): void =>
    where.top.set((top) => Math.max(0, Math.min(where.count - where.page, place(where, top))));

/** The keys of every page of text: help, the journal, inspect. */
export const scrollKeys: readonly Binding<Place>[] = [
  { id: "text-up", keys: ["up", "k"], label: "up", help: "Scroll up", run: to((_, top) => top - 1) },
  { id: "text-down", keys: ["down", "j"], label: "down", help: "Scroll down", run: to((_, top) => top + 1) },
  {
    id: "text-page-up",
    keys: ["pageup", "ctrl+u"],
    label: "page up",
    help: "Scroll up by a page",
    run: to(({ page }, top) => top - page),
  },
  {
    id: "text-page-down",
    keys: ["pagedown", "ctrl+d", "space"],
    label: "page down",
    help: "Scroll down by a page",
    footer: 3,
    run: to(({ page }, top) => top + page),
  },
  { id: "text-first", keys: ["g", "home"], label: "top", help: "Go to the beginning", run: to(() => 0) },
  { id: "text-last", keys: ["G", "end"], label: "end", help: "Go to the end", run: to(({ count }) => count) },
  {
    id: "text-back",
    keys: ["esc", "q", "ctrl+c"],
    label: "back",
    help: "Go back",
    footer: 9,
    run: ({ session }) => closeOverlay(session),
  },
];

type Props = {
  title: string;
  /** Clean text; colours allowed. */
  lines: readonly string[];
  columns: number;
  rows: number;
  /** Begins at the end, as a journal does. */
  fromEnd?: boolean;
  bindings?: readonly Bound[];
};

/** A page of text that scrolls, under a title. */
export function ScrollView({ title, lines, columns, rows, fromEnd, bindings = [] }: Props) {
  const session = useSession();
  const theme = useTheme();
  const page = rows - 1;
  const [now, top] = useLocalStore(() => (fromEnd ? Math.max(0, lines.length - page) : 0));
  const first = Math.min(now, Math.max(0, lines.length - 1));
  const place: Place = { top, count: lines.length, page, session };
  useScope({
    name: title,
    depth: depths.view,
    modal: false,
    bindings: () => [...bindings, ...bind(scrollKeys, place)],
  });
  const shown = lines.slice(first, first + page).map((line) => sliceColumns(line, 0, columns));
  const more = lines.length > page ? `  ${first + 1}–${first + shown.length} of ${lines.length}` : "";
  const blank = Array.from({ length: page - shown.length }, () => "");
  return <Lines lines={[theme.bold(fit(` ${title}${more}`, columns)), ...shown, ...blank]} />;
}
