import { randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { posix } from "node:path";
import { explain, ProblemError } from "../errors.ts";
import type { Gate } from "../gate.ts";
import { localPath } from "../local-path.ts";
import { text } from "../raw.ts";
import { inWords } from "./copy-in-words.ts";
import type { CopyOptions } from "./copy-out.ts";
import { type Copied, locally } from "./local.ts";
import { type NewHeader, sendTar } from "./send.ts";
import { absolute, fileInfo, followed, peek } from "./stat.ts";
import { type LocalItem, walk } from "./walk.ts";

/** What a copy into a container has brought. */
export type CopiedIn = Copied & {
  /** What could not be cleared away, as a path of the container. */
  leftover: string | undefined;
};

type Goal = { gate: Gate; id: string; folder: string; name: string; work: string };

/**
 * Copies a local file or folder into a container, running or not, as `docker cp` does: into an existing folder, else
 * under the given name; owners keep their numbers. The engine unpacks while it receives, so the contents go into a
 * folder of our own beside the goal; the final names are hard links to them, made when all has arrived.
 */
export async function copyIn(
  gate: Gate,
  id: string,
  localSource: string,
  path: string,
  options: CopyOptions,
): Promise<CopiedIn> {
  const { signal } = options;
  const { name: ownName, items, skipped } = await locally(() => walk(localPath(localSource), signal));
  const place = await placeFor(gate, id, { path: absolute(path), ownName }, signal);
  await refuse(gate, id, place, { items, options });
  const goal: Goal = { gate, id, ...place, work: `.dockui-part-${randomBytes(6).toString("hex")}` };
  const final = posix.join(place.folder, place.name);

  const failure = await send(goal, items, options).then(
    () => undefined,
    (error: unknown) => ({ error: signal.aborted ? error : inWords(error, final) }),
  );
  const leftover = await clearAway(goal).catch(() => posix.join(place.folder, goal.work));
  if (failure) throw leftover === undefined ? failure.error : leftBehind(failure.error, leftover);
  const files = items.filter(({ kind }) => kind !== "folder").length;
  return { path: final, bytes: sizeOf(items), files, skipped, leftover };
}

/** The folder and the name in it: an existing folder takes the copy under its own name, links are followed. */
async function placeFor(
  gate: Gate,
  id: string,
  { path, ownName }: { path: string; ownName: string },
  signal: AbortSignal,
): Promise<{ folder: string; name: string }> {
  const there = await followed(gate, id, path, signal);
  if (there.info?.kind === "folder") return { folder: there.path, name: ownName };
  const parent = await followed(gate, id, posix.dirname(there.path), signal);
  if (parent.info?.kind === "folder") return { folder: parent.path, name: posix.basename(there.path) };
  const state = parent.info
    ? `${text(parent.path)} is not a folder.`
    : `There is no folder ${text(parent.path)}.`;
  throw new ProblemError({ kind: "other", message: `${state} The copy needs one in the container.` });
}

async function refuse(
  gate: Gate,
  id: string,
  { folder, name }: { folder: string; name: string },
  { items, options }: { items: readonly LocalItem[]; options: CopyOptions },
): Promise<void> {
  const path = posix.join(folder, name);
  const info = await fileInfo(gate, id, path, options.signal);
  if (!info) return;
  const [top] = items;
  if (options.existing !== "replace")
    throw new ProblemError({
      kind: "conflict",
      message: `${text(path)} exists already in the container.`,
      hint: "Choose another name, or let it be replaced.",
    });
  if ((info.kind === "folder") !== (top?.kind === "folder"))
    throw new ProblemError({
      kind: "conflict",
      message: `${text(path)} is a ${info.kind} in the container, which a ${top?.kind} cannot replace.`,
    });
}

async function send(goal: Goal, items: readonly LocalItem[], options: CopyOptions): Promise<void> {
  await sendContents(goal, items, options);
  options.signal.throwIfAborted();
  await sendNames(goal, items);
}

/** Why it failed, and that not all of it could be cleared away. */
function leftBehind(error: unknown, leftover: string): ProblemError {
  const { message } = explain(error);
  return new ProblemError({
    kind: "other",
    message: `${message} ${text(leftover)} is left behind in the container.`,
  });
}

/** Everything that has bytes, where nobody looks; only root may enter. */
async function sendContents(goal: Goal, items: readonly LocalItem[], { signal, onProgress }: CopyOptions) {
  const { gate, id, folder, work } = goal;
  const total = sizeOf(items);
  let bytes = 0;
  let files = 0;
  const contents = async function* (item: LocalItem) {
    if (item.size === 0) return;
    // A file that grows meanwhile is cut where it ended; one that shrinks fails the copy.
    for await (const chunk of createReadStream(item.from, { end: item.size - 1, highWaterMark: 1 << 18 })) {
      bytes += chunk.length;
      onProgress?.({ bytes, total, files });
      yield chunk as Buffer;
    }
  };
  await locally(() =>
    sendTar(gate, id, { folder, signal }, async (tar) => {
      await tar.add({ name: work, type: "directory", mode: 0o700 });
      for (const [index, item] of items.entries()) {
        if (item.kind !== "file") continue;
        await tar.addFile(
          { ...headerOf(item), name: `${work}/${index}`, type: "file", size: item.size },
          contents(item),
        );
        files += 1;
        onProgress?.({ bytes, total, files });
      }
    }),
  );
}

/** The names at last. Not to be cancelled: it takes moments, and half of it would be worse than all of it. */
async function sendNames({ gate, id, folder, name, work }: Goal, items: readonly LocalItem[]): Promise<void> {
  await sendTar(gate, id, { folder, signal: patience() }, async (tar) => {
    for (const [index, item] of items.entries())
      await tar.add({
        ...headerOf(item),
        ...typeOf[item.kind](item, `${work}/${index}`),
        name: posix.join(name, item.to),
      });
  });
}

const typeOf: Record<LocalItem["kind"], (item: LocalItem, contents: string) => Partial<NewHeader>> = {
  folder: () => ({ type: "directory" }),
  link: ({ target = "" }) => ({ type: "symlink", linkname: target }),
  file: (_, contents) => ({ type: "link", linkname: contents }),
};

/**
 * Removes our folder; answers its path when it is still there. The engine has no call that removes a file, but before
 * it unpacks an entry it removes what stands in its place: the link here leads to nothing, so nothing comes instead,
 * and the call fails.
 */
async function clearAway({ gate, id, folder, work }: Goal): Promise<string | undefined> {
  const signal = patience();
  const path = posix.join(folder, work);
  if (!(await peek(gate, id, path, signal))) return undefined;
  const failure = await sendTar(gate, id, { folder, signal, overFolders: "replace" }, (tar) =>
    tar.add({ name: work, type: "link", linkname: `${work}-none` }),
  ).catch((error: unknown) => error);
  if (!(await peek(gate, id, path, signal))) return undefined;
  if (failure instanceof ProblemError) throw failure;
  return path;
}

function headerOf({ mode, uid, gid, modified }: LocalItem): Partial<NewHeader> {
  return { mode, uid, gid, mtime: modified };
}

function sizeOf(items: readonly LocalItem[]): number {
  return items.reduce((sum, { size }) => sum + size, 0);
}

/** What is begun is finished: the engine alone may give it up. */
function patience(): AbortSignal {
  return new AbortController().signal;
}
