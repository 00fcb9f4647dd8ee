import { freshId } from "./ids.ts";
import { list, object, text } from "./limits.ts";
import type { DemoMount } from "./types.ts";

type Body = Record<string, unknown>;

/** The mounts that a create call asks for: Binds, Mounts and Volumes; volumes without a name get one. */
export function mountsOf(body: Body, host: Body): DemoMount[] {
  const asked = Array.isArray(host.Mounts) ? host.Mounts.map(object) : [];
  const mounts = [...list(host.Binds).map(boundBy), ...asked.flatMap(mountedBy)];
  const taken = new Set(mounts.map(({ destination }) => destination));
  const anonymous = Object.keys(object(body.Volumes)).filter((destination) => !taken.has(destination));
  return [...mounts, ...anonymous.map((destination) => volumeAt(undefined, destination, true))];
}

function boundBy(bind: string): DemoMount {
  const [source = "", destination, mode = "rw"] = bind.split(":");
  if (destination === undefined) return volumeAt(undefined, source, true);
  const writable = !mode.split(",").includes("ro");
  if (source.startsWith("/")) return { type: "bind", source, destination, writable };
  return volumeAt(source, destination, writable);
}

function mountedBy({ Type, Source, Target, ReadOnly }: Body): DemoMount[] {
  const [source, destination] = [text(Source) || undefined, text(Target) ?? ""];
  const writable = ReadOnly !== true;
  if (Type === "volume") return [volumeAt(source, destination, writable)];
  if (Type !== "bind" && Type !== "tmpfs") return [];
  return [{ type: Type, source: source ?? "", destination, writable }];
}

function volumeAt(wanted: string | undefined, destination: string, writable: boolean): DemoMount {
  const name = wanted ?? freshId();
  const source = `/var/lib/docker/volumes/${name}/_data`;
  return { type: "volume", name, anonymous: wanted === undefined, source, destination, writable };
}
