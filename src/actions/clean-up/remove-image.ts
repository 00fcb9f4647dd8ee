import type { RemovedImage } from "../../docker/disk/verbs.ts";
import type { Engine } from "../../docker/engine.ts";
import { explain } from "../../docker/errors.ts";
import { record, text } from "../../docker/raw.ts";
import { undoUntag } from "../undo/undo-untag.ts";
import type { CleanUpItem } from "./item.ts";
import { goneAlready, type Removed, Skipped } from "./removed.ts";

/** Why an engine does not take an image away by its id: it has names in several repositories. */
const hasManyNames = /referenced in multiple repositories/;
/** It only loses its names: others are built on it (Docker), or that is the way for one of several names (Podman). */
const namesOnly = /dependent child|more than one tag/;

/**
 * Removes an image by its id: a name may stand for another image by the time the engine reads it. Its names are taken
 * away one by one only where the engine keeps what is built on, each after another look at what it stands for.
 */
export async function removeImage(engine: Engine, item: CleanUpItem): Promise<Removed> {
  try {
    await lookAtNames(engine, item);
    return await byId(engine, item);
  } catch (error) {
    if (error instanceof Skipped) throw error;
    if (item.tags.length > 0 && namesOnly.test(explain(error).message)) return untagAll(engine, item);
    // Of an image that somebody else removes at the same time the engine tells all kinds of errors.
    if (!(await engine.allImages()).some(({ id }) => id === item.ref)) throw new Skipped(goneAlready);
    throw error;
  }
}

async function byId(engine: Engine, item: CleanUpItem): Promise<Removed> {
  const { ref } = item;
  const went = await engine.removeImage(ref).catch(async (error: unknown) => {
    if (!hasManyNames.test(explain(error).message)) throw error;
    // All of its names shall go, which the engine calls force: it would pass by a stopped container too.
    await lookForUsers(engine, ref);
    await lookAtNames(engine, item);
    return engine.removeImage(ref, { allNames: true });
  });
  return isDeleted(went, ref) ? {} : namesWent(engine, ref, went.untagged);
}

/** Rejects when its names are not those that were shown. */
async function lookAtNames(engine: Engine, { ref, tags }: CleanUpItem): Promise<void> {
  const names = await engine.namesOfImage(ref);
  if (names === undefined) throw new Skipped(goneAlready);
  // In containerd's store the id with a repository before it is no name of its own, and not always listed.
  const isName = (name: string) => !name.endsWith(`@${ref}`);
  const added = names.filter((name) => isName(name) && !tags.includes(name));
  const lost = tags.filter((name) => isName(name) && !names.includes(name));
  if (added.length > 0) throw new Skipped(`It was called ${added.join(", ")} meanwhile.`);
  if (lost.length > 0) throw new Skipped(`It is not called ${lost.join(", ")} any more.`);
}

async function lookForUsers(engine: Engine, ref: string): Promise<void> {
  const user = (await engine.containers()).find(({ imageId }) => imageId === ref);
  if (user) throw new Skipped(`${user.name} uses it now.`);
}

function isDeleted({ deleted }: RemovedImage, ref: string): boolean {
  const bare = (id: string) => id.replace(/^sha256:/, "");
  return deleted.some((id) => bare(id) === bare(ref));
}

/** Takes its names away one by one: with the last tag of a repository its digest goes by itself. */
async function untagAll(engine: Engine, { ref, tags }: CleanUpItem): Promise<Removed> {
  await lookForUsers(engine, ref);
  const gone: string[] = [];
  const stopped = (why: string) =>
    new Skipped(gone.length === 0 ? why : `${gone.join(", ")} went; then: ${why}`, wayBack(ref, gone));
  for (const name of [...tags].sort((a, b) => Number(a.includes("@")) - Number(b.includes("@")))) {
    const { Id } = record(await engine.image(name));
    if (Id === undefined) continue;
    if (text(Id) !== ref) throw stopped(`${name} is the name of another image now.`);
    try {
      const went = await engine.removeImage(name);
      if (isDeleted(went, ref)) return {};
      gone.push(name);
    } catch (error) {
      const { kind, message } = explain(error, engine.endpoint);
      if (kind === "gone") continue;
      if (kind !== "conflict") throw error;
      throw stopped(message);
    }
  }
  return namesWent(engine, ref, gone);
}

/** An image that others are built on stays without its names, and can have them again; who did not take it, says so. */
async function namesWent(engine: Engine, ref: string, names: readonly string[]): Promise<Removed> {
  if ((await engine.namesOfImage(ref)) === undefined) throw new Skipped(goneAlready);
  const undo = wayBack(ref, names);
  return { note: "Only its name went: others are built on it.", ...(undo ? { undo } : {}) };
}

function wayBack(ref: string, names: readonly string[]) {
  const tags = names.filter((name) => !name.includes("@"));
  return tags.length === 0 ? undefined : undoUntag(ref, tags);
}
