import type { ContainerFacts } from "../../docker/facts/facts.ts";
import { masked } from "../../format/secrets/masked.ts";
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
      .map(({ text, ...line }, index) => ({
        heading: index === 0 ? heading : "",
        text: cut(text, look),
        ...line,
      })),
  );
}

/** More than so many characters of a value are read in inspect. */
const longest = 500;

/** Secrets are masked wherever they stand: in a health check, its output, an error. */
function cut(text: string, { revealed }: DetailLook): string {
  // A secret that begins within what is shown is looked at as far as it goes.
  const near = text.slice(0, 4 * longest);
  const shown = revealed ? near : masked(near);
  if (text.length <= longest) return shown;
  return `${shown.slice(0, longest).toWellFormed()} … ${text.length} characters: i shows all`;
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
