import { readFile } from "node:fs/promises";
import { explain, ProblemError } from "../errors.ts";
import type { Gate } from "../gate.ts";
import { list, record, text } from "../raw.ts";
import { envOfFile } from "./env-file.ts";
import { shortened } from "./kind.ts";
import { imageName } from "./kinds.ts";
import type { Pair, RunSpec } from "./spec.ts";
import { type CreateRequest, toCreate } from "./to-create.ts";

/** A created container, and what the engine warned of. */
export type Created = { id: string; warnings: readonly string[] };

/** What making a container needs. */
export type RunVerbs = {
  /**
   * Creates a container and joins its networks; does not start it. Rejects with kind "gone" and a word about
   * `docker pull` when the image is missing, "conflict" when the name is taken.
   */
  create(spec: RunSpec, signal?: AbortSignal): Promise<Created>;
  /** The answer of an image's inspect as it came, unclean; undefined when there is no such image. */
  image(reference: string, signal?: AbortSignal): Promise<unknown>;
  /** The engine's own answer about itself as it came, unclean: its defaults are in it. */
  info(signal?: AbortSignal): Promise<unknown>;
};

/** Making containers on that engine. */
export function runVerbs(gate: Gate): RunVerbs {
  const image = (reference: string, signal?: AbortSignal) => inspectImage(gate, reference, signal);
  return {
    image,
    info: (signal) => gate.call("GET", "/info", {}, signal),
    async create(spec, signal) {
      const request = toCreate(spec, await envOf(spec.envFiles));
      const answer = await post(gate, request, signal).catch(async (error: unknown) => {
        throw (await missingImage(error, spec.image, () => image(spec.image, signal))) ?? error;
      });
      const { Id, Warnings } = record(answer);
      const id = text(Id);
      await connect(gate, id, request, signal);
      return { id, warnings: list(Warnings).map(text) };
    },
  };
}

function post(gate: Gate, { query, body }: CreateRequest, signal?: AbortSignal): Promise<unknown> {
  return gate.call("POST", "/containers/create", query, signal, body);
}

/** Joins the further networks; when one cannot be joined, nothing is left. */
async function connect(gate: Gate, id: string, request: CreateRequest, signal?: AbortSignal): Promise<void> {
  try {
    for (const { network, body } of request.connect) {
      const path = `/networks/${encodeURIComponent(network)}`;
      // For a container that does not run, 20.10 joins a network that is not there and fails at the start only.
      await gate.call("GET", path, {}, signal);
      await gate.call("POST", `${path}/connect`, {}, signal, body(id));
    }
  } catch (error) {
    await gate.call("DELETE", `/containers/${id}`, { v: true });
    throw error;
  }
}

/** The answer of an image's inspect as it came; undefined when there is no such image. */
export async function inspectImage(gate: Gate, reference: string, signal?: AbortSignal): Promise<unknown> {
  // A path of the API is made of it, so nothing but the name of an image may stand there.
  if ("problem" in imageName.parse(reference)) return undefined;
  try {
    return await gate.call("GET", `/images/${encodeURI(reference)}/json`, {}, signal);
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode === 404) return undefined;
    throw error;
  }
}

/** The engine answers 404 for whatever is missing; that it is the image shows when one looks for it. */
async function missingImage(
  error: unknown,
  reference: string,
  look: () => Promise<unknown>,
): Promise<ProblemError | undefined> {
  if ((error as { statusCode?: number }).statusCode !== 404 || (await look()) !== undefined) return undefined;
  const image = shortened(reference);
  return new ProblemError({
    kind: "gone",
    message: `There is no image ${image} on this engine.`,
    hint: `Pull it first: docker pull ${image}`,
  });
}

async function envOf(files: readonly string[]): Promise<readonly Pair[]> {
  const read = files.map(async (file) => {
    const content = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
      const why = error.code === "ENOENT" ? "it does not exist" : explain({ message: error.message }).message;
      throw new ProblemError({
        kind: "other",
        message: `The file ${shortened(file)} of --env-file cannot be read: ${why}.`,
      });
    });
    return envOfFile(file, content, process.env);
  });
  return (await Promise.all(read)).flat();
}
