import { lastRun } from "../../docker/detail.ts";
import type { Engine } from "../../docker/engine.ts";
import { explain } from "../../docker/errors.ts";
import { record } from "../../docker/raw.ts";
import { undoRemoval } from "../undo/undo-removal.ts";
import type { CleanUpItem, CleanUpKind } from "./item.ts";
import { removeImage } from "./remove-image.ts";
import { goneAlready, type Removed, Skipped } from "./removed.ts";

/**
 * Removes one object, never by force, after another look at it. Rejects with `Skipped` when it is in use, gone or
 * something else by now; with the engine's error when it could not be removed.
 */
export async function removeItem(engine: Engine, item: CleanUpItem): Promise<Removed> {
  try {
    return await removers[item.kind](engine, item);
  } catch (error) {
    if (error instanceof Skipped) throw error;
    const { kind, message } = explain(error, engine.endpoint);
    if (kind === "gone") throw new Skipped(goneAlready);
    if (/removal .* already in progress/i.test(message)) throw new Skipped("It is being removed already.");
    // Of a network in use the engine says 403.
    if (kind === "conflict" || message.includes("has active endpoints"))
      throw new Skipped(`It is in use now: ${message}`);
    throw error;
  }
}

const removers: Readonly<Record<CleanUpKind, (engine: Engine, item: CleanUpItem) => Promise<Removed>>> = {
  container: removeContainer,
  image: removeImage,
  network: removeNetwork,
  volume: removeVolume,
  cache: removeCacheRecord,
};

async function removeContainer(engine: Engine, { ref, ran }: CleanUpItem): Promise<Removed> {
  const inspect = await inspectOf(engine, ref);
  const { Running, Paused, Restarting, Dead } = record(record(inspect).State);
  if (Running === true || Paused === true || Restarting === true)
    throw new Skipped("It was started meanwhile.");
  if (inspect !== undefined && ran !== undefined && lastRun(inspect) !== ran)
    throw new Skipped("It ran meanwhile.");
  // A removal that failed half-way is only finished by force.
  await engine.remove(ref, { force: Dead === true });
  return {
    undo:
      inspect === undefined ? "its settings could not be read." : undoRemoval(inspect, { running: false }),
  };
}

/** What it is made of; of a broken container the engine cannot tell, and that must not keep it from going. */
async function inspectOf(engine: Engine, ref: string): Promise<unknown> {
  try {
    return await engine.inspect(ref);
  } catch (error) {
    if (explain(error).kind === "other") return undefined;
    throw error;
  }
}

async function removeNetwork(engine: Engine, { ref, name, users }: CleanUpItem): Promise<Removed> {
  const now = await engine.containers();
  const known = new Set(users.map(({ id }) => id));
  const newcomer = now.find(({ id, networks }) => networks.includes(name) && !known.has(id));
  if (newcomer) throw new Skipped(`${newcomer.name} uses it now.`);
  await engine.removeNetwork(ref);
  return {};
}

async function removeVolume(engine: Engine, { ref, created }: CleanUpItem): Promise<Removed> {
  const now = await engine.volumeCreated(ref);
  if (created !== undefined && now !== undefined && now !== created)
    throw new Skipped("It is another volume of that name now.");
  await engine.removeVolume(ref);
  return {};
}

async function removeCacheRecord(engine: Engine, { ref }: CleanUpItem): Promise<Removed> {
  if (!(await engine.removeCacheRecord(ref)))
    throw new Skipped("The engine kept it: it is in use, others were made from it, or it was gone already.");
  return {};
}
