import { list, record, text } from "../raw.ts";
import { toMountFacts } from "./places.ts";

/** What a container may do to the host. */
export type SecurityFacts = {
  privileged: boolean;
  /** As it was asked for; "" is the image's, mostly root. */
  user: string;
  capAdd: readonly string[];
  capDrop: readonly string[];
  securityOptions: readonly string[];
  apparmor: string;
  /** "default" unless an option says another. */
  seccomp: string;
  readOnlyRoot: boolean;
  userns: string;
  /** Where it sees the engine's own socket, with which it is root on the host. */
  dockerSocket?: string;
  /** Which namespaces are the host's own: "pid", "ipc", "network", "uts", "user", "cgroup". */
  hostNamespaces: readonly string[];
  devices: readonly string[];
};

const namespaces = [
  ["pid", "PidMode"],
  ["ipc", "IpcMode"],
  ["network", "NetworkMode"],
  ["uts", "UTSMode"],
  ["user", "UsernsMode"],
  ["cgroup", "CgroupnsMode"],
] as const;

/** The security in an answer of `GET /containers/{id}/json`. */
export function toSecurityFacts(value: unknown): SecurityFacts {
  const raw = record(value);
  const host = record(raw.HostConfig);
  const options = list(host.SecurityOpt).map(text);
  const socket = toMountFacts(value).find(({ source }) => /\/docker\.sock$/.test(source));
  const seccomp = options.map((option) => /^seccomp[=:](.*)$/s.exec(option)?.[1]).find(Boolean);
  return {
    privileged: host.Privileged === true,
    user: text(record(raw.Config).User),
    capAdd: list(host.CapAdd).map(text),
    capDrop: list(host.CapDrop).map(text),
    securityOptions: options,
    apparmor: text(raw.AppArmorProfile),
    seccomp: host.Privileged === true ? "unconfined" : seccomp === undefined ? "default" : named(seccomp),
    readOnlyRoot: host.ReadonlyRootfs === true,
    userns: text(host.UsernsMode),
    ...(socket ? { dockerSocket: socket.target } : {}),
    hostNamespaces: namespaces.filter(([, field]) => host[field] === "host").map(([name]) => name),
    devices: list(host.Devices).map((device) => text(record(device).PathOnHost)),
  };
}

/** A profile is sent whole, as JSON: thousands of letters. */
function named(seccomp: string): string {
  return seccomp.startsWith("{") ? "a profile of its own" : seccomp;
}
