import { bind } from "../actions/binding.ts";
import { type JournalItem, journalSource } from "../actions/journal.ts";
import type { Session } from "../actions/session.ts";
import { fit } from "../format/fit.ts";
import { journalKeys } from "../hooks/journal/keys.ts";
import { createList, type List } from "../hooks/list/list.ts";
import { useKept } from "../hooks/use-kept.ts";
import { useSession } from "../hooks/use-session.ts";
import { TitledList } from "../ui/titled-list.tsx";
import { useTheme } from "../ui/use-theme.ts";
import { journalScreen } from "./journal.ts";
import type { ViewProps } from "./views.tsx";

/** What was done in this session, as docker commands that would do the same. */
export function Journal({ overlay, ...room }: ViewProps<"journal">) {
  const session = useSession();
  const theme = useTheme();
  const list = useKept<List<JournalItem>>(overlay, "journal", () => openJournal(session));
  return (
    <TitledList
      {...room}
      list={list}
      name="journal"
      bindings={() => bind(journalKeys, { list, session })}
      heading={() => [theme.bold(fit(` ${titleOf(list)}${notKept(session)}`, room.columns))]}
    />
  );
}

/** Why it ends with this run of dockui. */
function notKept({ keeper }: Session): string {
  const problem = keeper?.problem();
  return problem === undefined ? "" : `  not kept on disk: ${problem}`;
}

/** The newest entry is the last one, and the cursor begins there. */
function openJournal(session: Session): List<JournalItem> {
  const list = createList(session, journalScreen(session, journalSource(session)));
  list.moveTo(Number.MAX_SAFE_INTEGER);
  return list;
}

function titleOf(list: List<JournalItem>): string {
  const { items } = list.source.get();
  const { text } = list.get().query;
  if (items.length === 0) return "Journal";
  const count = text === "" ? `${items.length}` : `${list.shown().length} of ${items.length}  / ${text}`;
  return `Journal: ${count}`;
}
