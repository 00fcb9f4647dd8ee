import { Box, Text, useInput, usePaste, useWindowSize } from "ink";
import { useMemo, useState } from "react";
import { appKeys } from "./actions/app-keys.ts";
import { bind } from "./actions/binding.ts";
import { type DialogOverlay, isDialog, type ViewOverlay } from "./actions/overlays.ts";
import { isAway, notify, type Session } from "./actions/session.ts";
import type { Clock } from "./docker/clock.ts";
import { createKeyboard, type Keyboard, type KeyboardOptions } from "./hooks/keyboard.ts";
import { keyLabel, keyPresses } from "./hooks/keys.ts";
import { lineOf } from "./hooks/line-editor.ts";
import type { AnyList } from "./hooks/list/list.ts";
import { createNumbers } from "./hooks/numbers.ts";
import { depths, useScope } from "./hooks/use-scope.ts";
import { type Desk, DeskContext, useDesk } from "./hooks/use-session.ts";
import { useStore } from "./hooks/use-store.ts";
import { useTerminalTask } from "./hooks/use-terminal-task.ts";
import { Header } from "./screens/header.tsx";
import { tabs } from "./screens/index.ts";
import { View } from "./screens/views.tsx";
import { Welcome } from "./screens/welcome.tsx";
import { Footer } from "./ui/footer.tsx";
import { ListView } from "./ui/list-view.tsx";
import { Palette } from "./ui/palette.tsx";
import { Preparing } from "./ui/preparing.tsx";
import { QuestionView, questionHeight } from "./ui/question-view.tsx";
import { Tabs } from "./ui/tabs.tsx";
import type { Theme } from "./ui/theme.ts";
import { ThemeContext } from "./ui/use-theme.ts";

/** Smaller than this the screen only says so. */
const smallest = { columns: 40, rows: 10 };

type AppProps = {
  session: Session;
  theme: Theme;
  /** How many frames were put onto the terminal so far. */
  frames(): number;
  /** The clock that tells keys from a paste; the session's unless another one presses them. */
  fingers?: Pick<Clock, "now" | "after">;
};

/** The whole screen over one session. */
export function App({ session, theme, frames, fingers = session.clock }: AppProps) {
  const [lists] = useState(() => openLists(session));
  const [desk] = useState<Desk>(() => ({
    session,
    keyboard: keyboardOf(session, lists, { frames, clock: fingers }),
    frames,
    kept: new WeakMap(),
  }));
  useInput((input, key) => {
    session.notice.set((notice) => (notice?.tone === "good" ? notice : undefined));
    desk.keyboard.press(keyPresses(input, key));
  });
  usePaste((text) => desk.keyboard.paste(text));
  return (
    <DeskContext value={desk}>
      <ThemeContext value={theme}>
        <Frame lists={lists} />
      </ThemeContext>
    </DeskContext>
  );
}

type Lists = readonly (AnyList | undefined)[];

function openLists(session: Session): Lists {
  return tabs.map((tab, index) => {
    const list = tab.open(session);
    if (index === session.tab.get()) list?.find(lineOf(session.query));
    return list;
  });
}

function keyboardOf(
  session: Session,
  lists: Lists,
  options: Pick<KeyboardOptions, "frames" | "clock">,
): Keyboard {
  const numberOf = createNumbers();
  return createKeyboard({
    scene() {
      const tab = session.tab.get();
      return [...session.overlays.get().map(numberOf), tab, lists[tab]?.get().finding].join();
    },
    settled: (run) => void setImmediate(run),
    away: () => isAway(session),
    ...options,
    ignore: () => notify(session, "warn", "Pasted text does nothing here: / and + take it."),
    refuse: (key, reason) =>
      session.notice.set({
        tone: "warn",
        text: reason ?? `${keyLabel(key)} does nothing here; ? lists the keys.`,
      }),
  });
}

function Frame({ lists }: { lists: Lists }) {
  const { session, keyboard } = useDesk();
  useTerminalTask();
  const { columns, rows } = useWindowSize();
  const tab = useStore(session.tab);
  const list = lists[tab];
  const beats = useMemo(() => (list ? [list, list.source] : []), [list]);
  useScope({
    name: "app",
    depth: depths.app,
    modal: false,
    bindings: () => bind(appKeys, { session, tabs: tabs.length, reachable: keyboard.reachable }),
  });
  if (columns < smallest.columns || rows < smallest.rows)
    return <Text>{`dockui needs ${smallest.columns}×${smallest.rows}, here are ${columns}×${rows}`}</Text>;
  return (
    <Box flexDirection="column" width={columns} height={rows} overflow="hidden">
      <Header columns={columns} />
      <Tabs columns={columns} titles={tabs.map(({ title }) => title)} selected={tab} list={list} />
      <Body list={list} room={{ columns, rows: rows - 4, y: 2 }} />
      <Footer columns={columns} beats={beats} problem={() => list?.source.get().problem} />
    </Box>
  );
}

/** What stands between the tabs and the footer: the uppermost view, and a dialog under it. */
function Body({ list, room }: { list: AnyList | undefined; room: Room }) {
  const { session } = useDesk();
  const overlays = useStore(session.overlays);
  const top = overlays.at(-1);
  const dialog = top && isDialog(top) ? top : undefined;
  const view = overlays.findLast((overlay) => !isDialog(overlay)) as ViewOverlay | undefined;
  const height = dialog ? dialogHeight(dialog, { ...room, rows: room.rows - 1 }) : 0;
  const below = { ...room, rows: room.rows - height };
  const place = { columns: room.columns, rows: height, y: room.y + below.rows };
  return (
    <Box flexDirection="column" width={room.columns} height={room.rows} flexShrink={0} overflow="hidden">
      {view ? <View overlay={view} {...below} /> : <Base list={list} room={below} />}
      {dialog && <Dialog dialog={dialog} {...place} />}
    </Box>
  );
}

function Dialog({ dialog, ...place }: { dialog: DialogOverlay } & Room) {
  const [numberOf] = useState(createNumbers);
  switch (dialog.kind) {
    case "question":
      // One question may follow another: each begins anew, and hears no key before it stands there.
      return <QuestionView key={numberOf(dialog)} question={dialog.question} {...place} />;
    case "preparing":
      return <Preparing title={dialog.title} giveUp={dialog.giveUp} {...place} />;
    case "palette":
      return <Palette bindings={dialog.bindings} {...place} />;
  }
}

function dialogHeight(dialog: DialogOverlay, { rows, columns }: Room): number {
  if (dialog.kind === "question") return questionHeight(dialog.question, rows, columns);
  return Math.min(dialog.kind === "palette" ? 14 : 3, rows);
}

function Base({ list, room }: { list: AnyList | undefined; room: Room }) {
  const { connection, sources, tab } = useDesk().session;
  const View = tabs[useStore(tab)]?.View;
  const lost = useStore(connection, ({ kind }) => kind === "lost");
  const known = useStore(sources.containers, ({ loadedAt }) => loadedAt !== undefined);
  if (lost && !known) return <Welcome {...room} />;
  if (!list) return null;
  if (View) return <View list={list} {...room} />;
  return <ListView key={list.screen.id} list={list} depth={depths.list} {...room} />;
}

type Room = { columns: number; rows: number; y: number };
