import { fail } from "./http.ts";

type Common = { mode: number; uid: number; gid: number; modified: number };

/** A folder of a container. */
export type DemoFolder = Common & { kind: "folder"; children: Map<string, DemoNode> };

/** Contents: bytes, or so many zeros; the engine stops sending after `stallsAt` of them. */
export type DemoContents = Buffer | { size: number; stallsAt?: number };

/** A file of a container. */
export type DemoFile = Common & { kind: "file"; contents: DemoContents };

/** What stands in a folder; "other" is a device. */
export type DemoNode =
  | DemoFolder
  | DemoFile
  | (Common & { kind: "link"; target: string })
  | (Common & { kind: "other" });

/** What a new node says of itself; it belongs to root. */
export type NodeChange = Partial<Common>;

/** An empty folder. */
export function folder(change: NodeChange = {}): DemoFolder {
  return { kind: "folder", mode: 0o755, uid: 0, gid: 0, modified: 0, children: new Map(), ...change };
}

/** A file with that text or those contents. */
export function file(contents: string | DemoContents, change: NodeChange = {}): DemoFile {
  const bytes = typeof contents === "string" ? Buffer.from(contents) : contents;
  return { kind: "file", mode: 0o644, uid: 0, gid: 0, modified: 0, contents: bytes, ...change };
}

/** A symbolic link. */
export function link(target: string, change: NodeChange = {}): DemoNode {
  return { kind: "link", mode: 0o777, uid: 0, gid: 0, modified: 0, target, ...change };
}

/** Bytes of a node; 4096 of a folder. */
export function sizeOfNode(node: DemoNode): number {
  if (node.kind === "folder") return 4096;
  if (node.kind === "link") return node.target.length;
  if (node.kind === "other") return 0;
  return Buffer.isBuffer(node.contents) ? node.contents.length : node.contents.size;
}

/** The names on the way to a path. */
export function stepsTo(path: string): string[] {
  const steps: string[] = [];
  for (const step of path.split("/")) {
    if (step === "..") steps.pop();
    else if (step !== "" && step !== ".") steps.push(step);
  }
  return steps;
}

const mostLinks = 40;

/** What stands at a path, and where that is: links on the way are followed, the last one only with "follow". */
export function lookUp(
  root: DemoFolder,
  path: string,
  last: "follow" | "keep" = "keep",
): { node: DemoNode | undefined; path: string } {
  let left = stepsTo(path);
  let node: DemoNode | undefined = root;
  let at: string[] = [];
  for (let links = 0; left.length > 0; ) {
    const [step = "", ...rest] = left;
    left = rest;
    if (node?.kind !== "folder") return { node: undefined, path: `/${[...at, step, ...rest].join("/")}` };
    const child: DemoNode | undefined = node.children.get(step);
    if (child?.kind === "link" && (left.length > 0 || last === "follow")) {
      links += 1;
      if (links > mostLinks) fail(500, "too many links");
      const target: string = child.target.startsWith("/") ? child.target : `/${at.join("/")}/${child.target}`;
      left = [...stepsTo(target), ...left];
      node = root;
      at = [];
      continue;
    }
    node = child;
    at = [...at, step];
  }
  return { node, path: `/${at.join("/")}` };
}

/** Puts a node at a path, with the folders on the way to it. */
export function place(root: DemoFolder, path: string, node: DemoNode): void {
  const steps = stepsTo(path);
  const name = steps.pop();
  if (name === undefined) return;
  let here = root;
  for (const step of steps) {
    const next = here.children.get(step);
    const made = next?.kind === "folder" ? next : folder({ modified: node.modified });
    here.children.set(step, made);
    here = made;
  }
  here.children.set(name, node);
}
