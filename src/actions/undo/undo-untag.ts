import { explain, ProblemError } from "../../docker/errors.ts";
import { record, text } from "../../docker/raw.ts";
import { shellQuote } from "../../format/quote.ts";
import type { Session } from "../session.ts";
import type { Undo } from "./undo.ts";

/** The way back from taking tags away from an image: it gets them again, for as long as its layers exist. */
export function undoUntag(imageId: string, tags: readonly string[]): Undo {
  const short = imageId.replace(/^sha256:/, "").slice(0, 12);
  const all = tags.join(", ");
  return {
    saved: { by: "untag", with: [imageId, tags] },
    what: `The image ${short} is called ${all} again.`,
    command: tags.map((tag) => shellQuote(["docker", "tag", short, tag])).join("; "),
    async run(session, signal) {
      for (const tag of tags) await checkFree(session, { imageId, tag }, signal);
      for (const tag of tags)
        await session.engine.tagImage(imageId, tag, signal).catch((error: unknown) => {
          throw explain(error).kind === "gone" ? layersGone(tag) : error;
        });
      return `The image ${short} is called ${all} again.`;
    },
  };
}

/** The engine would take the name away from another image without a word. */
async function checkFree(
  { engine }: Session,
  { imageId, tag }: { imageId: string; tag: string },
  signal: AbortSignal,
): Promise<void> {
  const holder = await engine.image(tag, signal);
  const id = text(record(holder).Id);
  if (holder === undefined || id === imageId) return;
  throw new ProblemError({
    kind: "conflict",
    message: `${tag} is the name of another image now (${id.replace(/^sha256:/, "").slice(0, 12)}).`,
    hint: "Give that one another name first.",
  });
}

function layersGone(tag: string): ProblemError {
  return new ProblemError({
    kind: "gone",
    message: `The layers of ${tag} are gone; docker pull ${tag} brings it back.`,
  });
}
