import type { Container } from "../../docker/containers.ts";
import type { RowAction } from "../action.ts";
import { openOverlay } from "../overlays.ts";
import { docker } from "./states.ts";

/** What is not as its image has it. */
export const changes: RowAction<Container> = {
  id: "changes",
  on: "row",
  keys: ["D"],
  label: "changed files",
  help: "Changed files: what was added, changed and removed since it was created (docker diff), as a tree",
  unavailable: () => undefined,
  command: (names) => docker("diff", names),
  open: (container, session) => openOverlay(session, { kind: "changes", container }),
};
