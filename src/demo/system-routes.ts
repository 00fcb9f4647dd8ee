import { type Call, json, type Reply, type Route } from "./http.ts";
import { host } from "./stats.ts";
import { stamp } from "./units.ts";

/** The newest API the simulated engine speaks. */
export const apiVersion = "1.45";

const serverVersion = "26.1-demo";

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

/** The routes of the engine as a whole. */
export const systemRoutes: readonly Route[] = [
  { method: "GET", pattern: /^\/_ping$/, answer: ping("OK") },
  { method: "HEAD", pattern: /^\/_ping$/, answer: ping("") },
  { method: "GET", pattern: /^\/version$/, answer: version },
  { method: "GET", pattern: /^\/info$/, answer: info },
];
