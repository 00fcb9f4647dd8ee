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

type Complaint = { message: string };
type FooterProps = {
  columns: number;
  beats: readonly Beat[];
  /** Why what is shown may be older than it should be. */
  problem(): Complaint | undefined;
};

/** The two lowest lines: what happened (or a rule), and the keys that do something here and now. */
export function Footer({ columns, beats, problem }: FooterProps) {
  const { session, keyboard } = useDesk();
  const theme = useTheme();
  const second = useMemo(() => secondBeat(session.clock), [session]);
  const lines = useFrame(
    [session.notice, session.connection, session.overlays, keyboard, second, ...beats],
    () => [noticeLine(session, theme, { columns, problem: problem() }), keysLine(keyboard, theme, columns)],
  );
  return <Lines lines={lines} />;
}

function noticeLine(
  session: Session,
  theme: Theme,
  { columns, problem }: { columns: number; problem: Complaint | undefined },
): string {
  const notice = session.notice.get();
  const marks = { good: "✓", warn: "·", bad: "✗" };
  if (notice) return theme.paint(notice.tone, fit(` ${marks[notice.tone]} ${notice.text}`, columns));
  const state = session.connection.get();
  if (state.kind !== "lost" && problem)
    return theme.paint("bad", fit(` ✗ This list may be old: ${problem.message}`, columns));
  if (state.kind !== "lost") return theme.paint("dim", "─".repeat(columns));
  const now = session.clock.ticks();
  const since = Math.max(0, Math.round((now - state.since) / 1000));
  const wait = Math.max(0, Math.ceil((state.retryAt - now) / 1000));
  const text = ` ✗ Lost for ${since} s: ${state.problem.message} Trying again ${wait === 0 ? "now" : `in ${wait} s`}.`;
  return theme.paint("bad", fit(text, columns));
}

type Word = readonly [key: string, label: string];

/** The keys by rank as far as they fit; help always does. While text is typed, what ends that. */
function keysLine(keyboard: Keyboard, theme: Theme, columns: number): string {
  const text = keyboard.text();
  if (text) return paintWords(fitting(text.hints, columns), theme);
  const now = keyboard
    .reachable()
    .filter((binding) => binding.footer !== undefined && binding.unavailable() === undefined)
    .sort((a, b) => (a.footer ?? 0) - (b.footer ?? 0));
  const help = now.filter(({ id }) => id === "help").map(wordOf);
  const rest = now.filter(({ id }) => id !== "help").map(wordOf);
  return paintWords([...fitting(rest, columns - size(help)), ...help], theme);
}

function wordOf({ keys, label }: Bound): Word {
  return [keyLabel(keys[0] ?? ""), label];
}

function fitting(words: readonly Word[], columns: number): readonly Word[] {
  const end = words.findIndex((_, index) => size(words.slice(0, index + 1)) > columns);
  return end < 0 ? words : words.slice(0, end);
}

function size(words: readonly Word[]): number {
  return words.reduce((sum, word) => sum + width(word.join(" ")) + 2, 0);
}

function paintWords(words: readonly Word[], theme: Theme): string {
  return words.map(([key, label]) => ` ${theme.bold(key)} ${theme.paint("dim", cleanLine(label))} `).join("");
}
