import type { Binding } from "../../actions/binding.ts";
import type { Source } from "../../docker/source.ts";

/** The keys of changed files beside those of a tree. */
export const changesKeys: readonly Binding<Pick<Source<never>, "refresh">>[] = [
  {
    id: "changes-reload",
    keys: ["ctrl+r"],
    label: "reload",
    help: "Read the changes anew: the engine tells nobody when a file changes",
    footer: 5.5,
    run: ({ refresh }) => refresh(undefined),
  },
];
