import { type Call, json, type Reply, type Route } from "./http.ts";
import { imageRow, usersOf } from "./image-routes.ts";
import { layersSize } from "./images.ts";
import { listRow } from "./rows.ts";
import { host } from "./stats.ts";
import type { DemoCacheRecord } from "./types.ts";
import { stamp } from "./units.ts";
import { measuredVolume } from "./volume-routes.ts";
import type { DemoWorld } from "./world.ts";

/** The newest API the simulated engine speaks. */
export const apiVersion = "1.45";

const serverVersion = "26.1-demo";
const diskUsageMs = 400;

/** Headers of every answer. */
export const commonHeaders: Readonly<Record<string, string>> = {
  "Api-Version": apiVersion,
  "Docker-Experimental": "false",
  Ostype: "linux",
  Server: `Docker/${serverVersion} (linux)`,
};

const ping = (body: string) => (): Reply => ({
  kind: "body",
  status: 200,
  body,
  headers: {
    "Content-Type": "text/plain; charset=utf-8",
    "Builder-Version": "2",
    "Cache-Control": "no-cache",
  },
});

const build = {
  ApiVersion: apiVersion,
  MinAPIVersion: "1.24",
  GitCommit: "d3m0",
  GoVersion: "go1.21.9",
  Os: "linux",
  Arch: "amd64",
  KernelVersion: "6.1.0-demo",
} as const;

const version = ({ world }: Call): Reply => {
  const details = { ...build, BuildTime: stamp(world.bornAt) };
  const engine = { Name: "Engine", Version: serverVersion, Details: details };
  return json({
    Platform: { Name: "Demo Engine" },
    Components: [engine],
    Version: serverVersion,
    ...details,
  });
};

function info({ world }: Call): Reply {
  const all = [...world.containers.values()];
  const count = (...statuses: string[]) => all.filter(({ status }) => statuses.includes(status)).length;
  return json({
    ID: "7d3m0000-0000-4000-8000-000000000000",
    Name: "demo",
    ServerVersion: serverVersion,
    Containers: all.length,
    ContainersRunning: count("running", "restarting"),
    ContainersPaused: count("paused"),
    ContainersStopped: count("created", "exited", "dead"),
    Images: world.images.size,
    Driver: "overlay2",
    DriverStatus: [["Backing Filesystem", "extfs"]],
    NCPU: host.cores,
    MemTotal: host.memory,
    OperatingSystem: "Debian GNU/Linux 12 (bookworm)",
    OSType: "linux",
    Architecture: "x86_64",
    KernelVersion: "6.1.0-demo",
    CgroupDriver: "systemd",
    CgroupVersion: "2",
    LoggingDriver: "json-file",
    DockerRootDir: "/var/lib/docker",
    Labels: [],
    ExperimentalBuild: false,
    LiveRestoreEnabled: false,
    SystemTime: stamp(world.now()),
    Swarm: { LocalNodeState: "inactive", ControlAvailable: false },
    SecurityOptions: ["name=apparmor", "name=seccomp,profile=builtin", "name=cgroupns"],
    Warnings: null,
  });
}

const cacheRow = (record: DemoCacheRecord) => ({
  ID: record.id,
  Type: record.type,
  Description: record.description,
  InUse: record.inUse,
  Shared: record.shared,
  Size: record.size,
  CreatedAt: stamp(record.created),
  LastUsedAt: stamp(record.lastUsed),
  UsageCount: record.usageCount,
});

const imagesWithUse = (world: DemoWorld) =>
  [...world.images.values()].map((image) => ({
    ...imageRow(world, image, true),
    Containers: usersOf(world, image).length,
  }));

async function diskUsage({ world, query }: Call): Promise<Reply> {
  const types = query.getAll("type");
  const wants = (type: string) => types.length === 0 || types.includes(type);
  if (!world.quiet) await world.timers.sleep(diskUsageMs);
  const none = null;
  return json({
    LayersSize: wants("image") ? layersSize(world.images.values()) : 0,
    Images: wants("image") ? imagesWithUse(world) : none,
    Containers: wants("container") ? [...world.containers.values()].map((one) => listRow(world, one)) : none,
    Volumes: wants("volume") ? [...world.volumes.values()].map((one) => measuredVolume(world, one)) : none,
    BuildCache: wants("build-cache") ? [...world.buildCache.values()].map(cacheRow) : none,
  });
}

/** Deletes unused build cache: all of it, or the records which the filter `id` names. */
function pruneCache({ world, query }: Call): Reply {
  const filters = JSON.parse(query.get("filters") || "{}") as { id?: string[] };
  const gone = [...world.buildCache.values()].filter(
    (record) => !record.inUse && (filters.id === undefined || filters.id.includes(record.id)),
  );
  for (const { id } of gone) world.buildCache.delete(id);
  const reclaimed = gone.reduce((sum, { size }) => sum + size, 0);
  world.bus.emit({ type: "builder", action: "prune", id: "", attributes: { reclaimed: String(reclaimed) } });
  return json({ CachesDeleted: gone.map(({ id }) => id), SpaceReclaimed: reclaimed });
}

/** The routes of the engine as a whole. */
export const systemRoutes: readonly Route[] = [
  { method: "GET", pattern: /^\/_ping$/, answer: ping("OK") },
  { method: "HEAD", pattern: /^\/_ping$/, answer: ping("") },
  { method: "GET", pattern: /^\/version$/, answer: version },
  { method: "GET", pattern: /^\/info$/, answer: info },
  { method: "GET", pattern: /^\/system\/df$/, answer: diskUsage },
  { method: "POST", pattern: /^\/build\/prune$/, answer: pruneCache },
];
