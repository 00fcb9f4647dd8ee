import { type Bound, bind } from "../actions/binding.ts";
import type { ViewOverlay } from "../actions/overlays.ts";
import { highlight, sliceColumns } from "../format/ansi.ts";
import { fit } from "../format/fit.ts";
import { scrollKeys, search } from "../hooks/page/keys.ts";
import { createPage, hitsIn, matches, type TextPage } from "../hooks/page/page.ts";
import { searchPasted, searchTarget } from "../hooks/search-line.ts";
import { useKept } from "../hooks/use-kept.ts";
import { depths, useScope } from "../hooks/use-scope.ts";
import { useSession } from "../hooks/use-session.ts";
import { useStore } from "../hooks/use-store.ts";
import { TypedLine } from "./input.tsx";
import { Lines } from "./lines.tsx";
import { useTheme } from "./use-theme.ts";

type Props = {
  /** Where one was is kept for as long as this lies there. */
  overlay: ViewOverlay;
  title: string;
  /** Clean text; colours allowed. */
  lines: readonly string[];
  columns: number;
  rows: number;
  /** The row of the screen it begins in. */
  y: number;
  /** What else can be done here; these keys come before those of the page. */
  bindings?(): readonly Bound[];
};

/** A page of text that scrolls and is searched, under a title. */
export function ScrollView({ overlay, title, lines, columns, rows, y, bindings }: Props) {
  const session = useSession();
  const theme = useTheme();
  const state = useKept(overlay, "page", () => createPage());
  const now = useStore(state);
  const height = rows - (now.typing ? 2 : 1);
  const page: TextPage = { state, lines, rows: height, session, title };
  useScope({
    name: title,
    depth: depths.view,
    modal: false,
    bindings: () => [...(bindings?.() ?? []), ...bind(scrollKeys, page)],
    text: () => searchTarget(state, { verb: "search", find: () => search(page, 1) }),
    paste: () => searchPasted(state),
  });
  const top = Math.max(0, Math.min(now.top, lines.length - height));
  const shown = lines.slice(top, top + height).map((line) => {
    const hits = hitsIn(line, now);
    const marked = hits.length === 0 ? line : highlight(line, hits, "\u001b[7m", "\u001b[27m");
    return sliceColumns(marked, 0, columns);
  });
  const place =
    lines.length > height ? `  ${top + 1}–${Math.min(top + height, lines.length)} of ${lines.length}` : "";
  const heading = ` ${title}${place}${searchText(page)}`;
  const blank = Array.from({ length: Math.max(0, height - shown.length) }, () => "");
  return (
    <>
      <Lines lines={[theme.bold(fit(heading, columns)), ...shown, ...blank]} />
      {now.typing && <TypedLine line={now.typing} columns={columns} y={y + rows - 1} />}
    </>
  );
}

/** "/web 2/7": what is searched for, and which of its matches this is. */
function searchText(page: TextPage): string {
  const { search, match } = page.state.get();
  if (search === "") return "";
  const found = matches(page);
  const at = match === undefined ? 0 : found.indexOf(match) + 1;
  return `  /${search} ${at > 0 ? `${at}/` : ""}${found.length}`;
}
