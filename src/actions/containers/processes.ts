import type { Container } from "../../docker/containers.ts";
import type { RowAction } from "../action.ts";
import { openOverlay } from "../overlays.ts";
import { docker, isUp, said } from "./states.ts";

/** What runs in it. */
export const processes: RowAction<Container> = {
  id: "processes",
  on: "row",
  keys: ["T"],
  label: "processes",
  help: "Processes: what runs in the container (docker top), by CPU; K signals one of them",
  unavailable: (container) => (isUp(container) ? undefined : `it is ${said(container.state)}.`),
  command: (names) => docker("top", names),
  open: (container, session) => openOverlay(session, { kind: "processes", container }),
};
