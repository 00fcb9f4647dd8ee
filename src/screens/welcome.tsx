import { bind } from "../actions/binding.ts";
import { fit } from "../format/fit.ts";
import { wrapWords } from "../format/wrap.ts";
import { depths, useScope } from "../hooks/use-scope.ts";
import { useSession } from "../hooks/use-session.ts";
import { useStore } from "../hooks/use-store.ts";
import { welcomeKeys } from "../hooks/welcome-keys.ts";
import { Lines } from "../ui/lines.tsx";
import { useTheme } from "../ui/use-theme.ts";

/** What is shown while no engine was ever reached: what is wrong, and what to do about it. */
export function Welcome({ columns, rows }: { columns: number; rows: number }) {
  const session = useSession();
  const theme = useTheme();
  const problem = useStore(session.connection, (state) =>
    state.kind === "lost" ? state.problem : undefined,
  );
  useScope({ name: "welcome", depth: depths.list, modal: false, bindings: () => bind(welcomeKeys, session) });
  const lines = [
    "",
    theme.paint("bad", fit(`  ${problem?.message ?? ""}`, columns)),
    ...wrapWords(problem?.hint ?? "", columns - 4).map((line) => `  ${line}`),
    "",
    `  ${theme.bold("D")}  try dockui on its built-in demo engine, no Docker needed`,
    `  ${theme.bold("r")}  try again now (it tries by itself, too)`,
    `  ${theme.bold("q")}  quit`,
  ];
  const blank = Array.from({ length: Math.max(0, rows - lines.length) }, () => "");
  return <Lines lines={[...lines, ...blank].slice(0, rows)} />;
}
