import { Box, Text } from "ink";
import type { Bound } from "../actions/binding.ts";
import { closeOverlay } from "../actions/overlays.ts";
import type { Session } from "../actions/session.ts";
import { createFinder } from "../format/find.ts";
import { fit } from "../format/fit.ts";
import { masked } from "../format/secrets/masked.ts";
import { width } from "../format/width.ts";
import { keyLabel } from "../hooks/keys.ts";
import type { TextTarget } from "../hooks/layers.ts";
import { editLine, insertText, type Line, lineOf } from "../hooks/line-editor.ts";
import { type Store, useLocalStore } from "../hooks/use-local-store.ts";
import { depths, useScope } from "../hooks/use-scope.ts";
import { useSession } from "../hooks/use-session.ts";
import { Input } from "./input.tsx";
import { Lines } from "./lines.tsx";
import { useTheme } from "./use-theme.ts";

type State = { line: Line; chosen: number };
type Props = { bindings: readonly Bound[]; columns: number; rows: number; y: number };

/** Every action by name, fuzzily, with its key, its docker command, or why it does not apply now. */
export function Palette({ bindings, columns, rows, y }: Props) {
  const session = useSession();
  const theme = useTheme();
  const [{ line, chosen }, state] = useLocalStore<State>(() => ({ line: lineOf(""), chosen: 0 }));
  const [[finder]] = useLocalStore(() => [createFinder(searchable)] as const);
  const matches = (text: string) => finder.find(bindings, text);
  useScope({
    name: "palette",
    depth: depths.dialog,
    modal: true,
    bindings: () => [],
    text: () => paletteTarget(session, state, matches),
  });
  const found = matches(line.text);
  const page = rows - 2;
  const cursor = Math.min(chosen, found.length - 1);
  const top = Math.max(0, Math.min(cursor - page + 1, found.length - page));
  const labelWidth = Math.min(26, Math.max(...bindings.map(({ label }) => width(label))) + 2);
  const lines = found.slice(top, top + page).map((binding, index) => {
    const reason = binding.unavailable();
    const tail = reason === undefined ? masked(binding.command() ?? binding.help) : `not now: ${reason}`;
    const key = fit(keyLabel(binding.keys[0] ?? ""), 10);
    const text = fit(` ${fit(binding.label, labelWidth)} ${key} ${tail}`, columns);
    if (top + index === cursor) return theme.cursor(text);
    return reason === undefined ? text : theme.paint("dim", text);
  });
  const blank = Array.from({ length: page - lines.length }, () => "");
  return (
    <Box flexDirection="column" width={columns} height={rows} flexShrink={0} overflow="hidden">
      <Lines lines={[theme.paint("accent", "━".repeat(columns))]} />
      <Box width={columns} height={1} flexShrink={0}>
        <Text>{" : "}</Text>
        <Input line={line} x={3} y={y + 1} columns={columns - 4} />
      </Box>
      <Lines lines={[...lines, ...blank]} />
    </Box>
  );
}

function searchable({ label, help, id }: Bound) {
  return { fields: { name: label, help, id }, labels: {}, exact: {} };
}

function paletteTarget(
  session: Session,
  state: Store<State>,
  matches: (text: string) => readonly Bound[],
): TextTarget {
  const move = (step: number) =>
    state.set(({ line, chosen }) => {
      const last = matches(line.text).length - 1;
      return { line, chosen: Math.max(0, Math.min(last, Math.min(chosen, last) + step)) };
    });
  return {
    hints: [
      ["Enter", "run"],
      ["↑ ↓", "choose"],
      ["Esc", "leave"],
    ],
    press(key) {
      if (key.name === "esc" || key.name === "ctrl+c") closeOverlay(session);
      else if (key.name === "up") move(-1);
      else if (key.name === "down" || key.name === "tab") move(1);
      else if (key.name === "enter") choose(session, state.get(), matches);
      else {
        const line = editLine(state.get().line, key);
        if (line) state.set({ line, chosen: 0 });
      }
      return true;
    },
    paste: (text) => state.set(({ line }) => ({ line: insertText(line, text), chosen: 0 })),
  };
}

function choose(
  session: Session,
  { line, chosen }: State,
  matches: (text: string) => readonly Bound[],
): void {
  const found = matches(line.text);
  const binding = found[Math.min(chosen, found.length - 1)];
  if (!binding) return;
  closeOverlay(session);
  const reason = binding.unavailable();
  if (reason === undefined) binding.run(binding.keys[0] ?? "");
  else session.notice.set({ tone: "warn", text: reason });
}
