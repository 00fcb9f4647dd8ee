import { Text } from "ink";
import { hostName } from "../actions/perform.ts";
import { aboutOf, type Session } from "../actions/session.ts";
import type { ConnectionState } from "../docker/connection.ts";
import type { Container } from "../docker/containers.ts";
import { fit } from "../format/fit.ts";
import { binarySize } from "../format/size.ts";
import { width } from "../format/width.ts";
import { useFrame } from "../hooks/use-frame.ts";
import { useSession } from "../hooks/use-session.ts";
import type { Theme } from "../ui/theme.ts";
import { useTheme } from "../ui/use-theme.ts";

/** The first line: which engine this is, whether the lists are true, and how its containers are. */
export function Header({ columns }: { columns: number }) {
  const session = useSession();
  const theme = useTheme();
  const { connection, sources } = session;
  const [line = ""] = useFrame([connection, sources.containers], () => [
    paintHeader(session, theme, columns),
  ]);
  return <Text wrap="truncate">{line}</Text>;
}

function paintHeader(session: Session, theme: Theme, columns: number): string {
  const state = session.connection.get();
  const about = aboutOf(session);
  const host = session.demo ? "DEMO" : hostName(session);
  const [word, tone] = connectionWord(state);
  const forName = Math.max(0, columns - width(word) - 1);
  const engine = about ? `  engine ${about.version}` : "";
  const whole = ` dockui  ${host}${engine}  `;
  // Whether the list is true is never pushed out: first the version goes, then the end of the name.
  const name =
    width(whole) <= forName
      ? whole
      : fit(` dockui  ${host}  `, Math.min(forName, width(` dockui  ${host}  `)));
  const room = Math.max(0, columns - width(name) - width(word) - 1);
  const facts = [
    ...(session.readOnly ? ["READ-ONLY"] : []),
    ...countsOf(session.sources.containers.get().items),
    ...(about ? [`${about.cores} CPU`, binarySize(about.memory)] : []),
  ];
  const tail = fit(asManyAsFit(facts, room - 2), room, { align: "right" });
  return `${theme.bold(name)}${theme.paint(tone, word)}${tail} `;
}

/** The first facts, as far as they fit whole. */
function asManyAsFit(facts: readonly string[], columns: number): string {
  let line = "";
  for (const fact of facts) {
    const longer = line === "" ? fact : `${line} · ${fact}`;
    if (width(longer) > columns) break;
    line = longer;
  }
  return line;
}

function connectionWord(state: ConnectionState): [string, "good" | "warn" | "bad"] {
  if (state.kind === "live") return ["● live", "good"];
  return state.kind === "connecting" ? ["◌ connecting", "warn"] : ["○ lost", "bad"];
}

/** How many containers are in which state; what needs a look comes first. */
function countsOf(containers: readonly Container[]): string[] {
  const counts = new Map<string, number>();
  for (const { state, health } of containers) {
    counts.set(state, (counts.get(state) ?? 0) + 1);
    if (health === "unhealthy") counts.set(health, (counts.get(health) ?? 0) + 1);
  }
  const order = ["running", "unhealthy", "restarting", "dead", "paused", "exited", "created"];
  return order.flatMap((state) => (counts.get(state) ? `${counts.get(state)} ${state}` : []));
}
