import { posix } from "node:path";
import { explain, ProblemError } from "../errors.ts";
import type { Gate } from "../gate.ts";
import { moment, number, record, text } from "../raw.ts";

/** What stands at a path: "other" is a device, a pipe or a socket. */
export type FileKind = "file" | "folder" | "link" | "other";

/** What the engine tells of one path of a container. */
export type FileInfo = {
  /** Clean, for showing. */
  name: string;
  kind: FileKind;
  /** In bytes; of a folder it says nothing. */
  size: number;
  /** Permissions with setuid, setgid and sticky, as in chmod: 0o755. */
  mode: number;
  /** In ms. */
  modified: number | undefined;
  /** Of a link: where it leads in the end, as an absolute path for calls; unclean, there may be nothing. */
  target: string | undefined;
};

/** What stands at that path, a link not followed; undefined when there is nothing. Throws when the container is gone. */
export async function fileInfo(
  gate: Gate,
  id: string,
  path: string,
  signal?: AbortSignal,
): Promise<FileInfo | undefined> {
  const info = await peek(gate, id, path, signal);
  // A container that is gone answers as a path that is not there; a call with a sentence tells them apart.
  if (!info) await gate.call("GET", `/containers/${id}/json`, {}, signal);
  return info;
}

/** As `fileInfo`, for a container that is known to be there. */
export async function peek(
  gate: Gate,
  id: string,
  path: string,
  signal?: AbortSignal,
): Promise<FileInfo | undefined> {
  try {
    const headers = await gate.head(`/containers/${id}/archive`, { path }, signal);
    return toFileInfo(headers["x-docker-container-path-stat"]);
  } catch (error) {
    const status = (error as { statusCode?: number }).statusCode;
    if (status === undefined) throw error;
    if (status === 404) return undefined;
    const sentence = await sentenceFor(gate, id, path, signal);
    const { message } = explain(sentence);
    if (/not a directory/.test(message)) return undefined; // on the way there stands a file
    if (/too many (links|levels of symbolic)/.test(message)) throw inCircle(path);
    throw sentence ?? error;
  }
}

/** The engine's own words for it name a folder of its host. */
function inCircle(path: string): ProblemError {
  return new ProblemError({ kind: "other", message: `The links of ${text(path)} lead in a circle.` });
}

/** The answer to a HEAD has no body; that to a GET says what is the matter. */
async function sentenceFor(
  gate: Gate,
  id: string,
  path: string,
  signal: AbortSignal = new AbortController().signal,
): Promise<unknown> {
  try {
    (await gate.open(`/containers/${id}/archive`, { path }, signal)).destroy();
    return undefined;
  } catch (error) {
    return error;
  }
}

/** What stands at that path when links are followed, and the path at which it stands. */
export async function followed(
  gate: Gate,
  id: string,
  path: string,
  signal?: AbortSignal,
): Promise<{ path: string; info: FileInfo | undefined }> {
  const info = await fileInfo(gate, id, path, signal);
  if (info?.kind !== "link" || info.target === undefined) return { path, info };
  // The engine has followed to the end already: what is a link here is one that leads to itself.
  return { path: info.target, info: await fileInfo(gate, id, info.target, signal) };
}

/** Reads the header that describes a path: base64 of JSON, the mode as Go counts its bits. */
export function toFileInfo(header: unknown): FileInfo {
  const raw = record(parsed(Buffer.from(String(header ?? ""), "base64").toString("utf8")));
  const bits = number(raw.mode);
  const kind = kindOf(bits);
  return {
    name: text(raw.name),
    kind,
    size: number(raw.size),
    mode: permissions(bits),
    modified: moment(raw.mtime),
    target: kind === "link" && typeof raw.linkTarget === "string" ? raw.linkTarget : undefined,
  };
}

/** Go's os.FileMode: what a file is stands in the upper bits, and setuid, setgid and sticky among them. */
const goKinds: readonly (readonly [bit: number, kind: FileKind])[] = [
  [31, "folder"],
  [27, "link"],
  [26, "other"], // device
  [25, "other"], // named pipe
  [24, "other"], // socket
  [19, "other"], // irregular
];
const goSpecial: readonly (readonly [bit: number, mode: number])[] = [
  [23, 0o4000],
  [22, 0o2000],
  [20, 0o1000],
];

function has(bits: number, bit: number): boolean {
  return Math.floor(bits / 2 ** bit) % 2 === 1;
}

function kindOf(bits: number): FileKind {
  return goKinds.find(([bit]) => has(bits, bit))?.[1] ?? "file";
}

function permissions(bits: number): number {
  const special = goSpecial.filter(([bit]) => has(bits, bit)).map(([, mode]) => mode);
  return special.reduce((mode, bit) => mode | bit, bits % 0o1000);
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** An absolute path without `.`, `..` and a slash at its end: what a person typed or a view has joined. */
export function absolute(path: string): string {
  return posix.resolve("/", path);
}

/** The path that asks for what is in a folder, links followed; joining would lose its dot. */
export function inside(folder: string): string {
  return folder === "/" ? "/." : `${folder}/.`;
}

/** What to say of a path where nothing stands. */
export function noSuchPath(path: string): ProblemError {
  return new ProblemError({ kind: "gone", message: `There is no ${text(path)} in the container.` });
}
