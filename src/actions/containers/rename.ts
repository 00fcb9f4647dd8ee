import type { Container } from "../../docker/containers.ts";
import { faultOfName } from "../../docker/edits/faults.ts";
import type { TargetsAction } from "../action.ts";
import { textOf } from "../question.ts";
import { undoRename } from "../undo/undo-container.ts";
import { docker, unlessRemoving } from "./states.ts";

/** Gives it another name. */
export const rename: TargetsAction<Container> = {
  id: "rename",
  on: "targets",
  single: true,
  keys: [],
  label: "rename",
  help: "Rename the container; those who know it by its old name on a network lose it",
  changes: true,
  doing: "renaming",
  done: "renamed",
  unavailable: unlessRemoving,
  confirm: {
    danger: false,
    prepare: async ([container], { sources }) => [
      {
        kind: "text",
        id: "name",
        label: "New name",
        value: container?.name ?? "",
        hint: "two or more letters, digits, _ . or -",
        check(name) {
          const holder = sources.containers.get().items.find((other) => other.name === name);
          if (holder?.id === container?.id) return "This is its name.";
          const taken =
            holder && `${name} is the name of ${holder.id.slice(0, 12)}, which is ${holder.state}.`;
          return taken ?? faultOfName(name);
        },
      },
    ],
  },
  command: (names, { name }) => docker("rename", [...names, textOf(name) || "NAME"]),
  async run(container, { engine, answers, signal, note, undoable }) {
    undoable(undoRename(container, textOf(answers.name)));
    await engine.rename(container.id, textOf(answers.name), signal);
    note(`It is ${textOf(answers.name)} now.`);
  },
};
