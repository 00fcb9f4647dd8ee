import type { Binding } from "../actions/binding.ts";
import type { Session } from "../actions/session.ts";

/** The keys of the disk screen. */
export const diskKeys: readonly Binding<Session>[] = [
  {
    id: "disk-reload",
    keys: ["ctrl+r"],
    label: "measure again",
    help: "Measure again: the engine walks all layers and volumes, which can take minutes",
    footer: 1,
    unavailable: ({ sources }) => (sources.diskUsage.get().loading ? "It is being measured." : undefined),
    run: ({ sources }) => sources.diskUsage.refresh(undefined),
  },
];
