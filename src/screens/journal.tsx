import { cleanLine } from "../format/clean.ts";
import { useSession } from "../hooks/use-session.ts";
import { useStore } from "../hooks/use-store.ts";
import { ScrollView } from "../ui/scroll-view.tsx";
import { useTheme } from "../ui/use-theme.ts";
import type { ViewProps } from "./views.tsx";

/** What was done in this session, as docker commands that would do the same. */
export function Journal(props: ViewProps<"journal">) {
  const session = useSession();
  const theme = useTheme();
  const entries = useStore(session.journal);
  const marks = {
    running: theme.paint("accent", "…"),
    done: theme.paint("good", "✓"),
    failed: theme.paint("bad", "✗"),
  };
  const lines = entries.flatMap(({ at, command, outcome, reason, notes = [] }) => {
    const time = theme.paint("dim", new Date(at).toTimeString().slice(0, 8));
    const line = ` ${time} ${marks[outcome]} ${cleanLine(command)}`;
    const told = notes.map((note) => theme.paint("dim", cleanLine(note)));
    if (reason !== undefined) told.unshift(theme.paint("bad", cleanLine(reason)));
    return [line, ...told.map((text) => `            ${text}`)];
  });
  const shown =
    lines.length > 0 ? lines : ["", " Nothing was done yet. What you do stands here, as docker commands."];
  return <ScrollView title="Journal" lines={shown} {...props} fromEnd />;
}
