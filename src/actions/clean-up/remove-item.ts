import type { Engine } from "../../docker/engine.ts";
import { explain } from "../../docker/errors.ts";
import { record } from "../../docker/raw.ts";
import type { Undo } from "../undo/undo.ts";
import { undoRemoval } from "../undo/undo-removal.ts";
import { undoUntag } from "../undo/undo-untag.ts";
import type { CleanUpItem, CleanUpKind } from "./item.ts";

/** What became of an object that went: what else there is to say, and how it is brought back. */
export type Removed = { note?: string; undo?: Undo | string };

/** Why an object was left alone: it is not what was shown any more. */
export class Skipped extends Error {
  readonly undo: Undo | undefined;
  constructor(reason: string, undo?: Undo) {
    super(reason);
    this.undo = undo;
  }
}

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
    if (kind === "gone") throw new Skipped("It was gone already.");
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

async function removeContainer(engine: Engine, { ref }: CleanUpItem): Promise<Removed> {
  const inspect = await inspectOf(engine, ref);
  const { Running, Paused, Restarting, Dead } = record(record(inspect).State);
  if (Running === true || Paused === true || Restarting === true)
    throw new Skipped("It was started meanwhile.");
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

async function removeImage(engine: Engine, { ref, tags }: CleanUpItem): Promise<Removed> {
  const names = await engine.namesOfImage(ref);
  if (names === undefined) throw new Skipped("It was gone already.");
  const added = names.filter((name) => !tags.includes(name));
  const lost = tags.filter((name) => !names.includes(name));
  if (added.length > 0) throw new Skipped(`It was called ${added.join(", ")} meanwhile.`);
  if (lost.length > 0) throw new Skipped(`It is not called ${lost.join(", ")} any more.`);
  if (names.length < 2) {
    await engine.removeImage(names[0] ?? ref);
    return namesWent(engine, ref, names);
  }
  // The engine takes a name away without a look at who uses the image, as long as it has another one.
  const user = (await engine.containers()).find(({ imageId }) => imageId === ref);
  if (user) throw new Skipped(`${user.name} uses it now.`);
  return untagAll(engine, ref, names);
}

/** Takes its names away one by one: with the last tag of a repository its digest goes by itself. */
async function untagAll(engine: Engine, ref: string, names: readonly string[]): Promise<Removed> {
  const gone: string[] = [];
  for (const name of [...names].sort((a, b) => Number(a.includes("@")) - Number(b.includes("@")))) {
    try {
      await engine.removeImage(name);
      gone.push(name);
    } catch (error) {
      const { kind, message } = explain(error, engine.endpoint);
      if (kind === "gone") continue;
      if (gone.length === 0 || kind !== "conflict") throw error;
      throw new Skipped(`${gone.join(", ")} went; then it came in use: ${message}`, undoUntag(ref, gone));
    }
  }
  return namesWent(engine, ref, gone);
}

/** An image that others are built on stays without its names, and can have them again. */
async function namesWent(engine: Engine, ref: string, names: readonly string[]): Promise<Removed> {
  const tags = names.filter((name) => !name.includes("@"));
  if (tags.length === 0 || (await engine.namesOfImage(ref)) === undefined) return {};
  return { note: "Only its name went: others are built on it.", undo: undoUntag(ref, tags) };
}

async function removeNetwork(engine: Engine, { ref, name, users }: CleanUpItem): Promise<Removed> {
  const now = await engine.containers();
  const newcomer = now.find(
    (container) => container.networks.includes(name) && !users.includes(container.name),
  );
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
