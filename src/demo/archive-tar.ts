import { Readable } from "node:stream";
import type { Header, Pack } from "tar-stream";
import { type DemoContents, type DemoNode, sizeOfNode } from "./tree.ts";

const types = { folder: "directory", file: "file", link: "symlink", other: "character-device" } as const;

const chunk = Buffer.alloc(1 << 17);

/** A tar of nodes and all that lies below them, each under its path; it is made while it is read. */
export async function tarOf(entries: Iterable<readonly [path: string, node: DemoNode]>): Promise<Readable> {
  const { pack } = await import("tar-stream"); // the bundle evaluates it here, not at every start
  const tar = pack();
  tar.on("error", () => {});
  void fill(tar, entries);
  return Readable.from(tar).once("close", () => tar.destroy());
}

async function fill(tar: Pack, entries: Iterable<readonly [path: string, node: DemoNode]>): Promise<void> {
  for (const [path, node] of entries)
    for (const [name, each] of walk(path, node)) {
      const entry = tar.entry(headerOf(name, each)).on("error", () => {});
      if (each.kind !== "file") continue;
      for (const piece of piecesOf(each.contents)) {
        if (piece === "stall")
          await new Promise(() => {}); // whoever reads it gives up
        else if (!entry.write(piece)) await new Promise<void>((go) => void entry.once("drain", () => go()));
      }
      entry.end(undefined);
    }
  tar.finalize();
}

/** A node and all below it, as the engine walks them: by name, a folder before what is in it. */
function* walk(path: string, node: DemoNode): Generator<[string, DemoNode]> {
  yield [node.kind === "folder" ? `${path}/` : path, node];
  if (node.kind !== "folder") return;
  for (const name of [...node.children.keys()].sort()) {
    const child = node.children.get(name);
    if (child) yield* walk(`${path}/${name}`, child);
  }
}

function* piecesOf(contents: DemoContents): Generator<Buffer | "stall"> {
  if (Buffer.isBuffer(contents)) return void (contents.length > 0 && (yield contents));
  const { size, stallsAt = size } = contents;
  for (let sent = 0; sent < stallsAt; sent += chunk.length)
    yield chunk.subarray(0, Math.min(chunk.length, stallsAt - sent));
  if (stallsAt < size) yield "stall";
}

function headerOf(name: string, node: DemoNode): Header {
  const { mode, uid, gid, modified } = node;
  return {
    ...{ name, mode, uid, gid, mtime: new Date(modified), type: types[node.kind] },
    size: node.kind === "file" ? sizeOfNode(node) : 0,
    ...(node.kind === "link" ? { linkname: node.target } : {}),
  } as Header;
}
