import { type Bound, bind } from "../actions/binding.ts";
import { sliceColumns } from "../format/ansi.ts";
import { fit } from "../format/fit.ts";
import { type ScrollPlace, scrollKeys } from "../hooks/scroll-keys.ts";
import { useLocalStore } from "../hooks/use-local-store.ts";
import { depths, useScope } from "../hooks/use-scope.ts";
import { useSession } from "../hooks/use-session.ts";
import { Lines } from "./lines.tsx";
import { useTheme } from "./use-theme.ts";

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
  const place: ScrollPlace = { top, count: lines.length, page, session };
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
