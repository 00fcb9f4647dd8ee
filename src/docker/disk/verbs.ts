import { explain, ProblemError } from "../errors.ts";
import type { Gate } from "../gate.ts";
import { type Image, toImage } from "../images.ts";
import { list, moment, objects, record, text } from "../raw.ts";
import { type Df, toDf } from "./df.ts";
import { type Layers, toLayers } from "./layers.ts";

/** What went by one removal: the names that were taken away, and the ids of what nothing holds any more. */
export type RemovedImage = { untagged: readonly string[]; deleted: readonly string[] };

/** What measuring and emptying the disk needs. */
export type DiskVerbs = {
  /** Walks every file of every layer and volume: seconds to minutes. On a connection of its own. */
  df(signal: AbortSignal): Promise<Df>;
  /** Every image, those too that only stand between a base and what is built on it. */
  allImages(signal?: AbortSignal): Promise<Image[]>;
  layers(imageId: string, signal?: AbortSignal): Promise<Layers>;
  /** Like `inspect`, for many containers in a row: no list waits behind it. */
  inspectQuietly(containerId: string, signal?: AbortSignal): Promise<unknown>;
  /** The names an image has now, digests included; undefined when it is gone. */
  namesOfImage(id: string, signal?: AbortSignal): Promise<readonly string[] | undefined>;
  /** When the volume of that name was made; undefined when there is none, or its driver does not tell. */
  volumeCreated(name: string, signal?: AbortSignal): Promise<number | undefined>;
  /**
   * By id or by one of its names, never together with what it is built on. `allNames`: by id although it has names in
   * several repositories, for which the engine wants force.
   */
  removeImage(
    reference: string,
    options?: { allNames?: boolean },
    signal?: AbortSignal,
  ): Promise<RemovedImage>;
  removeVolume(name: string, signal?: AbortSignal): Promise<void>;
  removeNetwork(id: string, signal?: AbortSignal): Promise<void>;
  /** Whether it went: the engine keeps a record that is in use or that others were made from, and says nothing. */
  removeCacheRecord(id: string, signal?: AbortSignal): Promise<boolean>;
};

/** The disk verbs of that engine. */
export function diskVerbs(gate: Gate): DiskVerbs {
  const image = (id: string) => `/images/${encodeURI(id)}`;
  const volume = (name: string) => `/volumes/${encodeURIComponent(name)}`;
  return {
    df: async (signal) => toDf(await gate.alone("/system/df", signal)),
    allImages: async (signal) => objects(await gate.call("GET", "/images/json", { all: 1 }, signal), toImage),
    async layers(id, signal) {
      const [inspect, history] = await Promise.all([
        gate.look(`${image(id)}/json`, signal),
        gate.look(`${image(id)}/history`, signal),
      ]);
      return toLayers(inspect, history);
    },
    inspectQuietly: (id, signal) => gate.look(`/containers/${id}/json`, signal),
    async namesOfImage(id, signal) {
      const found = await unlessGone(gate.call("GET", `${image(id)}/json`, {}, signal));
      if (found === undefined) return undefined;
      const { tags, digests } = toImage(found);
      return [...tags, ...digests];
    },
    async volumeCreated(name, signal) {
      return moment(record(await unlessGone(gate.call("GET", volume(name), {}, signal))).CreatedAt);
    },
    async removeImage(reference, { allNames = false } = {}, signal) {
      const query = { noprune: 1, ...(allNames ? { force: 1 } : {}) };
      const lines = list(await gate.call("DELETE", image(reference), query, signal)).map(record);
      const told = (key: string) => lines.map((line) => text(line[key])).filter((value) => value !== "");
      return { untagged: told("Untagged"), deleted: told("Deleted") };
    },
    removeVolume: (name, signal) => gate.call("DELETE", volume(name), {}, signal),
    removeNetwork: (id, signal) => gate.call("DELETE", `/networks/${encodeURIComponent(id)}`, {}, signal),
    async removeCacheRecord(id, signal) {
      // The filter is a pattern, and without one the engine prunes all: nothing but one whole id may go there.
      if (!/^\w+$/.test(id))
        throw new ProblemError({ kind: "other", message: `${id} is no id of build cache.` });
      const query = { all: 1, filters: JSON.stringify({ id: [id] }) };
      const answer = record(await gate.call("POST", "/build/prune", query, signal));
      return list(answer.CachesDeleted).map(text).includes(id);
    },
  };
}

async function unlessGone(answer: Promise<unknown>): Promise<unknown> {
  try {
    return await answer;
  } catch (error) {
    if (explain(error).kind === "gone") return undefined;
    throw error;
  }
}
