import { pipeline, type Readable } from "node:stream";
import { tarOf } from "./archive-tar.ts";
import { unpack } from "./archive-unpack.ts";
import { containerOf } from "./container-reads.ts";
import { type Call, empty, fail, flag, type Reply, type Route, stream } from "./http.ts";
import { type DemoFolder, type DemoNode, folder, lookUp, sizeOfNode, stepsTo } from "./tree.ts";
import { filesOf } from "./tree-seed.ts";
import type { DemoContainer } from "./types.ts";
import { stamp } from "./units.ts";

const isFolder = 2 ** 31;
const goBits = { folder: isFolder, file: 0, link: 2 ** 27, other: 2 ** 26 + 2 ** 21 } as const;
const goSpecial: readonly [mode: number, bit: number][] = [
  [0o4000, 2 ** 23],
  [0o2000, 2 ** 22],
  [0o1000, 2 ** 20],
];

/** What stands at the path a call asks for; a dot at its end follows a link. Throws ApiError 404. */
function asked(call: Call): { container: DemoContainer; root: DemoFolder; node: DemoNode; path: string } {
  const container = containerOf(call);
  const path = call.query.get("path") ?? "";
  if (path === "") fail(400, "missing parameter: path");
  const root = filesOf(call.world, container);
  const { node } = lookUp(root, path, /\/\.?$/.test(path) ? "follow" : "keep");
  if (!node) return fail(404, `Could not find the file ${path} in container ${container.id}`);
  if (/\/\.?$/.test(path) && node.kind !== "folder") fail(400, "not a directory");
  return { container, root, node, path };
}

/** The header that describes a path. */
function statHeader(root: DemoFolder, node: DemoNode, path: string): Record<string, string> {
  const special = goSpecial.filter(([mode]) => node.mode & mode).map(([, bit]) => bit);
  const stat = {
    name: stepsTo(path).at(-1) ?? "/",
    size: sizeOfNode(node),
    mode: (node.mode & 0o777) + goBits[node.kind] + special.reduce((sum, bit) => sum + bit, 0),
    mtime: stamp(node.modified),
    linkTarget: node.kind === "link" ? lookUp(root, path, "follow").path : "",
  };
  return { "X-Docker-Container-Path-Stat": Buffer.from(JSON.stringify(stat)).toString("base64") };
}

function head(call: Call): Reply {
  const { root, node, path } = asked(call);
  return empty(200, statHeader(root, node, path));
}

async function get(call: Call): Promise<Reply> {
  const { container, root, node, path } = asked(call);
  const name = path.endsWith("/.") ? "." : (stepsTo(path).at(-1) ?? "");
  call.world.tell(container, "archive-path");
  return sent(call, await tarOf([[name, node]]), statHeader(root, node, path));
}

async function exported(call: Call): Promise<Reply> {
  const container = containerOf(call);
  call.world.tell(container, "export");
  const mounts = new Set(container.mounts.map(({ destination }) => destination));
  return sent(call, await tarOf(withoutMounts(filesOf(call.world, container), "", mounts).children), {});
}

/** Volumes and binds are not part of a container's own files: their folders are empty. */
function withoutMounts(node: DemoFolder, path: string, mounts: ReadonlySet<string>): DemoFolder {
  if (mounts.has(path)) return folder(node);
  const children = [...node.children].map(([name, child]): [string, DemoNode] => [
    name,
    child.kind === "folder" ? withoutMounts(child, `${path}/${name}`, mounts) : child,
  ]);
  return { ...node, children: new Map(children) };
}

function sent({ world }: Call, tar: Readable, headers: Record<string, string>): Reply {
  const reply = stream("application/x-tar", (response) => {
    world.sending.add(tar);
    pipeline(tar, response, () => void world.sending.delete(tar));
  });
  return reply.kind === "stream" ? { ...reply, headers: { ...reply.headers, ...headers } } : reply;
}

async function put(call: Call): Promise<Reply> {
  const container = containerOf(call);
  const root = filesOf(call.world, container);
  const { node, path } = lookUp(root, call.query.get("path") ?? "", "follow");
  if (!node) return fail(404, `Could not find the file ${path} in container ${container.id}`);
  if (node.kind !== "folder") return fail(400, "extraction point is not a directory");
  const closed = container.mounts.some(
    ({ destination, writable }) => !writable && `${path}/`.startsWith(`${destination}/`),
  );
  if (closed) return fail(403, "mounted volume is marked read-only");
  const overFolders = flag(call.query, "noOverwriteDirNonDir") ? "refuse" : "replace";
  await unpack(root, call.request, { path, overFolders });
  call.world.tell(container, "extract-to-dir");
  return empty(200);
}

const archive = /^\/containers\/([^/]+)\/archive$/;

/** The routes of a container's files. */
export const archiveRoutes: readonly Route[] = [
  { method: "HEAD", pattern: archive, answer: head },
  { method: "GET", pattern: archive, answer: get },
  { method: "PUT", pattern: archive, raw: true, answer: put },
  { method: "GET", pattern: /^\/containers\/([^/]+)\/export$/, answer: exported },
];
