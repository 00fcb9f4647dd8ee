import { list, number, record } from "../raw.ts";
import { entries, filled, pairs, type Raw, raw, words } from "./from-raw.ts";
import { shortened } from "./kind.ts";
import type { MountUse, RunSpec, VolumeUse } from "./spec.ts";
import { volumeUse } from "./volumes.ts";

type Mounted = Pick<
  RunSpec,
  "volumes" | "mounts" | "tmpfs" | "volumesFrom" | "readOnly" | "storage" | "volumeDriver"
>;

/** What a container's HostConfig says of mounts; what cannot be said goes to `lost`. */
export function fromMounts(host: Raw, lost: string[]): Mounted {
  return {
    volumes: words(host.Binds).flatMap((bind) => volume(bind, lost)),
    mounts: list(host.Mounts).flatMap((mount) => mountOf(record(mount), lost)),
    tmpfs: entries(host.Tmpfs).map(([target, options]) => ({ target, options: raw(options) })),
    volumesFrom: words(host.VolumesFrom),
    readOnly: host.ReadonlyRootfs === true,
    storage: pairs(host.StorageOpt),
    ...filled({ volumeDriver: raw(host.VolumeDriver) }),
  };
}

function volume(bind: string, lost: string[]): readonly VolumeUse[] {
  const parsed = volumeUse.parse(bind);
  if ("value" in parsed) return [parsed.value];
  lost.push(`The mount ${shortened(bind)} ${parsed.problem}`);
  return [];
}

function mountOf(mount: Raw, lost: string[]): readonly MountUse[] {
  const { Type, Target, ReadOnly, Consistency } = mount;
  const common = {
    target: raw(Target),
    ...(ReadOnly === true ? { readOnly: true as const } : {}),
    ...filled({ consistency: raw(Consistency) }),
  };
  if (Type === "bind") return [{ type: "bind", ...common, ...bindOf(mount) }];
  if (Type === "volume") return [{ type: "volume", ...common, ...volumeOf(mount) }];
  if (Type === "tmpfs") return [{ type: "tmpfs", ...common, ...tmpfsOf(mount) }];
  lost.push(`The mount of the type ${shortened(raw(Type))} at ${shortened(raw(Target))} is left out`);
  return [];
}

function bindOf({ Source, BindOptions }: Raw) {
  const { Propagation, NonRecursive, ReadOnlyNonRecursive, ReadOnlyForceRecursive } = record(BindOptions);
  const recursive = (
    [
      ["disabled", NonRecursive],
      ["writable", ReadOnlyNonRecursive],
      ["readonly", ReadOnlyForceRecursive],
    ] as const
  ).find(([, on]) => on === true)?.[0];
  return { source: raw(Source), ...filled({ propagation: raw(Propagation), recursive }) };
}

function volumeOf({ Source, VolumeOptions }: Raw) {
  const { NoCopy, Subpath, DriverConfig, Labels } = record(VolumeOptions);
  const { Name, Options } = record(DriverConfig);
  return {
    ...filled({ source: raw(Source), subpath: raw(Subpath), driver: raw(Name) }),
    ...(NoCopy === true ? { nocopy: true as const } : {}),
    options: pairs(Options),
    labels: pairs(Labels),
  };
}

function tmpfsOf({ TmpfsOptions }: Raw) {
  const { SizeBytes, Mode } = record(TmpfsOptions);
  return filled({ size: number(SizeBytes), mode: number(Mode) });
}
