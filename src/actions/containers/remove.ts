import type { Container } from "../../docker/containers.ts";
import { explain } from "../../docker/errors.ts";
import { record } from "../../docker/raw.ts";
import { decimalSize } from "../../format/size.ts";
import type { Run, TargetsAction } from "../action.ts";
import type { Undo } from "../undo/undo.ts";
import { undoRemoval } from "../undo/undo-removal.ts";
import { docker, isUp, stateDetail } from "./states.ts";

const lost = "What it wrote inside is lost; J, then U creates it again without that.";

/** Removes it; what it was made of is kept in the journal. */
export const remove: TargetsAction<Container> = {
  id: "remove",
  on: "targets",
  keys: ["d"],
  label: "remove",
  help: "Remove the container; force and its anonymous volumes are choices in the dialog",
  footer: 7,
  changes: true,
  doing: "removing",
  done: "removed",
  // One whose removal failed stays "removing" in the list: only the engine knows whether somebody is at it.
  unavailable: () => undefined,
  confirm: {
    danger: true,
    detail: (container) =>
      [stateDetail(container), volumesOf(container), container.size ? decimalSize(container.size) : ""]
        .filter((part) => part !== "")
        .join(", "),
    fields: [
      { kind: "switch", id: "force", key: "f", label: "force: kill it when it runs", on: false },
      {
        kind: "switch",
        id: "volumes",
        key: "v",
        label: "volumes: remove its anonymous volumes too",
        on: false,
      },
    ],
    note: (containers) =>
      containers.some(isUp)
        ? `What runs is not removed unless force is on. ${lost}`
        : `${lost} Named volumes stay.`,
  },
  command: (names, { force, volumes }) =>
    docker("rm", names, ...(force ? ["--force"] : []), ...(volumes ? ["--volumes"] : [])),
  async run(container, { engine, answers, signal, undoable }) {
    const [force, volumes] = [answers.force === true, answers.volumes === true];
    undoable(await wayBack(container, { engine, volumes, signal }));
    await engine.remove(container.id, { force, volumes }, signal);
  },
};

/** Of a container that is broken the engine cannot tell the settings; it can be removed all the same. */
async function wayBack(
  { id }: Container,
  { engine, volumes, signal }: Pick<Run, "engine" | "signal"> & { volumes: boolean },
): Promise<Undo | string> {
  try {
    const inspect = await engine.inspect(id, signal);
    const { Running } = record(record(inspect).State);
    return undoRemoval(inspect, { running: Running === true, volumes });
  } catch (error) {
    signal.throwIfAborted();
    return `its settings could not be read: ${explain(error, engine.endpoint).message}`;
  }
}

function volumesOf({ mounts }: Container): string {
  const volumes = mounts.filter(({ kind }) => kind === "volume");
  return volumes.length === 0 ? "" : `${volumes.length} ${volumes.length === 1 ? "volume" : "volumes"}`;
}
