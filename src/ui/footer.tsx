import { useMemo } from "react";
import type { Bound } from "../actions/binding.ts";
import type { Session } from "../actions/session.ts";
import { cleanLine } from "../format/clean.ts";
import { fit } from "../format/fit.ts";
import { width } from "../format/width.ts";
import type { Keyboard } from "../hooks/keyboard.ts";
import { keyLabel } from "../hooks/keys.ts";
import { type Beat, secondBeat, useFrame } from "../hooks/use-frame.ts";
import { useDesk } from "../hooks/use-session.ts";
import { Lines } from "./lines.tsx";
import type { Theme } from "./theme.ts";
import { useTheme } from "./use-theme.ts";

/** The two lowest lines: what happened (or a rule), and the keys that do something here and now. */
export function Footer({ columns, beats }: { columns: number; beats: readonly Beat[] }) {
  const { session, keyboard } = useDesk();
  const theme = useTheme();
  const second = useMemo(() => secondBeat(session.clock), [session]);
  const lines = useFrame(
    [session.notice, session.connection, session.overlays, keyboard, second, ...beats],
    () => [noticeLine(session, theme, columns), keysLine(keyboard, theme, columns)],
  );
  return <Lines lines={lines} />;
}

function noticeLine(session: Session, theme: Theme, columns: number): string {
  const notice = session.notice.get();
  const marks = { good: "✓", warn: "·", bad: "✗" };
  if (notice)
    return theme.paint(notice.tone, fit(` ${marks[notice.tone]} ${cleanLine(notice.text)}`, columns));
  const state = session.connection.get();
  if (state.kind !== "lost") return theme.paint("dim", "─".repeat(columns));
  const now = session.clock.now();
  const since = Math.max(0, Math.round((now - state.since) / 1000));
  const wait = Math.max(0, Math.ceil((state.retryAt - now) / 1000));
  const text = ` ✗ Lost for ${since} s: ${state.problem.message} Trying again ${wait === 0 ? "now" : `in ${wait} s`}.`;
  return theme.paint("bad", fit(text, columns));
}

/** The keys by rank as far as they fit; the last one, help, always does. */
function keysLine(keyboard: Keyboard, theme: Theme, columns: number): string {
  const now = keyboard
    .reachable()
    .filter((binding) => binding.footer !== undefined && binding.unavailable() === undefined)
    .sort((a, b) => (a.footer ?? 0) - (b.footer ?? 0));
  const help = now.filter(({ id }) => id === "help");
  const rest = now.filter(({ id }) => id !== "help");
  let left = columns - size(help);
  const fitting = rest.filter((binding) => {
    const before = left;
    left -= size([binding]);
    return before >= 0 && left >= 0;
  });
  return [...fitting, ...help]
    .map((binding) => {
      const [key, label] = words(binding);
      return ` ${theme.bold(key)} ${theme.paint("dim", label)} `;
    })
    .join("");
}

function size(bindings: readonly Bound[]): number {
  return bindings.reduce((sum, binding) => sum + width(words(binding).join(" ")) + 2, 0);
}

function words({ keys, label }: Bound): [string, string] {
  return [keyLabel(keys[0] ?? ""), label];
}
