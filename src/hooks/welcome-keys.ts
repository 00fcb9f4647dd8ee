import type { Binding } from "../actions/binding.ts";
import type { Session } from "../actions/session.ts";

/** The keys where no engine could be reached yet. */
export const welcomeKeys: readonly Binding<Session>[] = [
  {
    id: "demo",
    keys: ["D"],
    label: "demo engine",
    help: "Try dockui on a built-in simulated engine",
    footer: 1,
    run: ({ host }) => host.demo(),
  },
  {
    id: "retry",
    keys: ["r"],
    label: "try again",
    help: "Try to connect again now",
    footer: 2,
    run: ({ connection }) => connection.retry(),
  },
];
