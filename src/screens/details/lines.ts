import type { ContainerFacts } from "../../docker/facts/facts.ts";
import { limits, log, security } from "./bounds.ts";
import type { DetailLook, Line, Part } from "./part.ts";
import { compose, environment, labels, mounts, networks, ports, storage } from "./surroundings.ts";
import { command, health, image, state } from "./what-runs.ts";

/** One thing worth knowing; `heading` only on the first line below it. */
export type DetailLine = Line & { heading: string };

/** All of a container on one page, what matters most first. */
export function detailLines(facts: ContainerFacts, look: DetailLook): DetailLine[] {
  return parts.flatMap(([heading, part]) =>
    part(facts, look)
      .filter(({ text }) => text !== "")
      .map((line, index) => ({ heading: index === 0 ? heading : "", ...line })),
  );
}

const parts: readonly (readonly [heading: string, part: Part])[] = [
  ["State", state],
  ["Health", health],
  ["Command", command],
  ["Image", image],
  ["Ports", ports],
  ["Networks", networks],
  ["Mounts", mounts],
  ["Environment", environment],
  ["Limits", limits],
  ["Log", log],
  ["Security", security],
  ["Compose", compose],
  ["Labels", labels],
  ["Storage", storage],
];
