import { type Kind, no, ok, type Parsed } from "./kind.ts";
import type { Tmpfs, VolumeUse } from "./spec.ts";

/** What the engine takes as a name of a volume. */
export const volumeName: RegExp = /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/;

const propagations = ["shared", "slave", "private", "rshared", "rslave", "rprivate"];
const bindModes = [...propagations, "ro", "rw", "z", "Z", "cached", "delegated", "consistent"];
const volumeModes = ["ro", "rw", "z", "Z", "nocopy"];

/** What `-v` takes: "/on/host:/inside[:ro,z]", "volume:/inside", "/inside" for a volume without a name. */
export const volumeUse: Kind<VolumeUse> = {
  takes: "[source:]target[:modes]",
  parse(text) {
    const [source = "", target, third, ...more] = text.split(":");
    if (more.length > 0 || text.split(":").includes("")) return no("is not a mount: /on/host:/inside:ro");
    if (target === undefined) return anonymous(source);
    const inside = absolute(target);
    if (inside) return inside;
    const modes = third === undefined ? [] : third.split(",");
    if (/^[./~\\]/.test(source)) return bind(source, target, modes);
    if (!volumeName.test(source))
      return no(`has ${source}, which is neither an absolute path nor a volume's name`);
    const wrong = modes.find((mode) => !volumeModes.includes(mode));
    return wrong === undefined
      ? ok({ kind: "volume", source, target, modes })
      : no(`has the mode ${wrong}: a volume takes ${volumeModes.join(", ")}`);
  },
  print(use) {
    if (use.kind === "anonymous") return use.target;
    const modes = use.modes.length > 0 ? [use.modes.join(",")] : [];
    return [use.source, use.target, ...modes].join(":");
  },
};

function anonymous(target: string): Parsed<VolumeUse> {
  return absolute(target) ?? ok({ kind: "anonymous", target });
}

function bind(source: string, target: string, modes: readonly string[]): Parsed<VolumeUse> {
  if (!source.startsWith("/")) return no(relative(source));
  const wrong = modes.find((mode) => !bindModes.includes(mode));
  if (wrong !== undefined) return no(`has the mode ${wrong}: a bind mount takes ${bindModes.join(", ")}`);
  return ok({ kind: "bind", source, target, modes });
}

/** What is wrong with a path on the host that depends on where the shell is. */
export function relative(source: string): string {
  return source.startsWith("~")
    ? `has ${source}, where ~ is the shell's: write the path out`
    : `has ${source}, which depends on the shell's folder: write the path out`;
}

/** A problem when a path inside the container is not absolute, or is all of it. */
export function absolute(target: string): { problem: string } | undefined {
  if (!target.startsWith("/")) return no(`has ${target}, which is not an absolute path inside the container`);
  return /^\/+$/.test(target) ? no("would hide the whole container: a mount cannot lie at /") : undefined;
}

/** What `--tmpfs` takes: "/run[:rw,size=64m]". */
export const tmpfs: Kind<Tmpfs> = {
  takes: "target[:options]",
  parse(text) {
    const at = text.indexOf(":");
    const target = at < 0 ? text : text.slice(0, at);
    return absolute(target) ?? ok({ target, options: at < 0 ? "" : text.slice(at + 1) });
  },
  print: ({ target, options }) => (options === "" ? target : `${target}:${options}`),
};

/** What `--volumes-from` takes: "container[:ro]". */
export const volumesFrom: Kind<string> = {
  takes: "container[:ro]",
  parse: (text) =>
    /^[\w.-]+(:(ro|rw|z|Z|nocopy)(,(ro|rw|z|Z|nocopy))*)?$/.test(text)
      ? ok(text)
      : no("is not a container with a mode: data, data:ro"),
  print: (text) => text,
};
