import type { Gate } from "../gate.ts";
import { splitReference } from "./faults.ts";

/** What gives images names. */
export type TagVerbs = {
  /** Takes the name away from another image that has it; rejects with kind "gone" when the image is. */
  tagImage(id: string, reference: string, signal?: AbortSignal): Promise<void>;
};

/** Naming images on that engine. */
export function tagVerbs(gate: Gate): TagVerbs {
  return {
    async tagImage(id, reference, signal) {
      const { host, path, tag = "latest" } = splitReference(reference);
      const repo = host === undefined ? path : `${host}/${path}`;
      await gate.call("POST", `/images/${encodeURI(id)}/tag`, { repo, tag }, signal);
    },
  };
}
