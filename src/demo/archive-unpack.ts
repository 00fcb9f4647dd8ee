import { posix } from "node:path";
import type { Readable } from "node:stream";
import type { Header } from "tar-stream";
import { fail } from "./http.ts";
import { type DemoFolder, type DemoNode, file, folder, link, lookUp } from "./tree.ts";

/** Unpacks a tar into a folder entry by entry, as the engine does; throws ApiError where it cannot go on. */
export async function unpack(
  root: DemoFolder,
  source: Readable,
  { path, overFolders }: { path: string; overFolders: "refuse" | "replace" },
): Promise<void> {
  const { extract } = await import("tar-stream"); // the bundle evaluates it here, not at every start
  const reader = extract();
  try {
    for await (const entry of source.pipe(reader)) {
      const chunks: Buffer[] = [];
      for await (const bytes of entry) chunks.push(bytes as Buffer);
      const node = nodeOf(root, path, entry.header, Buffer.concat(chunks));
      put(root, posix.join(path, entry.header.name), { node, overFolders });
    }
  } finally {
    source.unpipe(reader);
    source.resume(); // an answer is only heard by who has sent everything
  }
}

function put(
  root: DemoFolder,
  path: string,
  { node, overFolders }: { node: () => DemoNode; overFolders: "refuse" | "replace" },
): void {
  const name = posix.basename(path);
  const around = lookUp(root, posix.dirname(path), "follow").node;
  if (around?.kind !== "folder") return fail(500, `mkdir ${path}: not a directory`);
  const there = around.children.get(name);
  if (there?.kind !== "folder") {
    around.children.delete(name); // what stands in its place goes before it is known whether something comes
    around.children.set(name, node());
    return;
  }
  if (overFolders === "replace") around.children.delete(name);
  const made = node();
  if (made.kind === "folder") Object.assign(there, { ...made, children: there.children });
  else if (overFolders === "refuse")
    fail(500, `cannot overwrite directory "${path}" with non-directory "${path}"`);
  else around.children.set(name, made);
}

function nodeOf(root: DemoFolder, path: string, header: Header, bytes: Buffer): () => DemoNode {
  const { type, linkname, mode = 0o644, uid = 0, gid = 0, mtime } = header;
  const common = { mode, uid, gid, modified: mtime?.getTime() ?? 0 };
  return () => {
    if (type === "directory") return folder(common);
    if (type === "symlink") return link(linkname ?? "", common);
    if (type !== "link") return file(bytes, common);
    const same = lookUp(root, posix.join(path, linkname ?? "")).node;
    return same ?? fail(500, `link ${linkname}: no such file or directory`);
  };
}
