import type { Binding, Bound } from "./binding.ts";
import type { CleanUpKind } from "./clean-up/item.ts";
import { openCleanUp } from "./clean-up/open.ts";
import { recall } from "./earlier.ts";
import { openOverlay } from "./overlays.ts";
import { quit } from "./quit.ts";
import type { Session } from "./session.ts";

/** What the keys that work everywhere need. */
export type AppPlace = {
  session: Session;
  tabs: number;
  /** All that can be pressed now. */
  reachable(): readonly Bound[];
};

/** The palette hears every key itself, and is gone when what was chosen in it is done. */
const blocked = ({ session }: AppPlace) =>
  session.overlays.get().some(({ kind }) => kind !== "palette")
    ? "Esc goes back to the list first."
    : undefined;

/** A binding whose reason is the one of this moment. */
function asOfNow(binding: Bound): Bound {
  const reason = binding.unavailable();
  return { ...binding, unavailable: () => reason };
}

const turn = ({ session, tabs }: AppPlace, step: number) =>
  session.tab.set((tab) => (tab + step + tabs) % tabs);

const screens = ["containers", "images", "networks", "volumes", "disk usage"] as const;

/** What the clean-up plan is narrowed to when it is opened from each screen. */
const kinds: readonly (CleanUpKind | undefined)[] = ["container", "image", "network", "volume"];

/** The keys that mean the same everywhere. */
export const appKeys: readonly Binding<AppPlace>[] = [
  {
    id: "commands",
    keys: [":"],
    label: "commands",
    help: "Command palette: every action by name, with its docker command",
    footer: 70,
    run: (place) => openOverlay(place.session, { kind: "palette", bindings: place.reachable() }),
  },
  {
    id: "help",
    keys: ["?"],
    label: "help",
    help: "Help: all keys of this place",
    footer: 71,
    unavailable: ({ session }) =>
      session.overlays.get().at(-1)?.kind === "help" ? "This is the help." : undefined,
    run: (place) => openOverlay(place.session, { kind: "help", bindings: place.reachable().map(asOfNow) }),
  },
  ...screens.map(
    (screen, index): Binding<AppPlace> => ({
      id: `screen-${index + 1}`,
      keys: [`${index + 1}`],
      label: screen,
      help: `Go to the ${screen} screen`,
      unavailable: blocked,
      run: ({ session }) => session.tab.set(index),
    }),
  ),
  {
    id: "next-screen",
    keys: ["tab"],
    label: "next screen",
    help: "Go to the next screen",
    unavailable: blocked,
    run: (place) => turn(place, 1),
  },
  {
    id: "previous-screen",
    keys: ["shift+tab"],
    label: "previous screen",
    help: "Go to the previous screen",
    unavailable: blocked,
    run: (place) => turn(place, -1),
  },
  {
    id: "clean-up",
    keys: ["P"],
    label: "clean up",
    help: "Clean up: see what can go and what comes back, tick, and remove exactly that",
    footer: 8,
    unavailable: blocked,
    run: ({ session }) => openCleanUp(session, { kind: kinds[session.tab.get()], ticked: true }),
  },
  {
    id: "last-clean-up",
    keys: [],
    label: "last clean-up",
    help: "Show the last clean-up again: what went, what was skipped and why",
    unavailable({ session }) {
      if (session.overlays.get().at(-1)?.kind === "clean-up-run") return "This is it.";
      return session.cleanUps.get().length > 0 ? undefined : "Nothing was cleaned up yet.";
    },
    run({ session }) {
      const run = session.cleanUps.get().at(-1);
      if (run) openOverlay(session, { kind: "clean-up-run", run });
    },
  },
  {
    id: "journal",
    keys: ["J"],
    label: "journal",
    help: "Journal: what was done, as docker commands; U there undoes it",
    unavailable: ({ session }) =>
      session.overlays.get().at(-1)?.kind === "journal" ? "This is the journal." : undefined,
    run({ session }) {
      recall(session);
      openOverlay(session, { kind: "journal" });
    },
  },
  {
    id: "log-files",
    keys: [],
    label: "log files",
    help: "Log files of all containers: how large they are, which never rotate, and truncating them",
    unavailable: ({ session }) =>
      session.overlays.get().some(({ kind }) => kind === "log-files") ? "They are open already." : undefined,
    run: ({ session }) => openOverlay(session, { kind: "log-files" }),
  },
  {
    id: "last-output",
    keys: [],
    label: "last output",
    help: "Show again what the last command, pull or compose run wrote",
    unavailable({ session }) {
      if (session.overlays.get().at(-1)?.kind === "output") return "This is it.";
      return session.outputs.get().length > 0 ? undefined : "Nothing was run yet.";
    },
    run({ session }) {
      const output = session.outputs.get().at(-1);
      if (output) openOverlay(session, { kind: "output", output });
    },
  },
  {
    id: "redraw",
    keys: ["ctrl+l"],
    label: "redraw",
    help: "Paint the whole screen again",
    run: ({ session }) => session.task.set({ kind: "redraw" }),
  },
  {
    id: "suspend",
    keys: ["ctrl+z"],
    label: "suspend",
    help: "Put dockui into the background; fg brings it back",
    run: ({ session }) => session.task.set({ kind: "suspend" }),
  },
  {
    id: "quit",
    keys: ["q", "ctrl+c"],
    changes: true,
    label: "quit",
    help: "Quit",
    footer: 99,
    run: ({ session }) => quit(session),
  },
];
