import { isIP, isIPv4 } from "node:net";
import { parseSize } from "../../format/size.ts";
import { type Kind, whole } from "../run/kind.ts";
import { cores as cpuCount, cpuList, restart, size } from "../run/kinds.ts";

/** The restart policies, in Docker's words. */
export const restartPolicies = ["no", "on-failure", "unless-stopped", "always"] as const;

/** A restart policy; `retries` is of "on-failure" only, 0 means without end. */
export type RestartPolicy = { policy: (typeof restartPolicies)[number]; retries?: number };

/** The smallest memory limit the engine takes, in bytes. */
const leastMemory = 6 * 1024 ** 2;

/** What is wrong with a container's name; undefined when nothing is. */
export function faultOfName(name: string): string | undefined {
  if (name.length < 2) return "A name has at least 2 characters.";
  if (!/^[a-zA-Z0-9]/.test(name)) return "A name begins with a letter or a digit.";
  return /^[\w.-]+$/.test(name) ? undefined : "A name holds only a-z, A-Z, 0-9, _ . and -.";
}

/** What is wrong with a text for a field of that kind, as a sentence; a good value may have a fault of another kind. */
function fault<Value>(
  kind: Kind<Value>,
  text: string,
  further: (value: Value) => string | undefined = () => undefined,
): string | undefined {
  const read = kind.parse(text.trim());
  return "problem" in read ? `This ${read.problem}.` : further(read.value);
}

/** What is wrong with a memory limit such as "512m". */
export function faultOfMemory(text: string): string | undefined {
  return fault(size({ min: leastMemory }), text, (bytes) =>
    bytes === 0 ? "A container's memory limit cannot be taken away again." : undefined,
  );
}

/** What is wrong with memory and swap together ("1g", or -1 for as much swap as there is), beside that memory. */
export function faultOfSwap(text: string, memory?: string): string | undefined {
  const least = memory === undefined ? 0 : (parseSize(memory) ?? 0);
  return fault(size({ special: [-1] }), text, (bytes) => {
    if (bytes === 0) return "Memory and swap together are a size (1g), or -1 for no limit.";
    const below = "It counts memory and swap together: it cannot be below the memory limit.";
    return bytes > 0 && bytes < least ? below : undefined;
  });
}

/** What is wrong with a number of CPUs such as "1.5", on a host with that many cores. */
export function faultOfCpus(text: string, cores?: number): string | undefined {
  return fault(cpuCount, text, (count) => {
    if (count < 0.01) return "The least is 0.01 CPUs.";
    return cores !== undefined && count > cores ? `The host has only ${cores} CPUs.` : undefined;
  });
}

/** What is wrong with CPU shares; 1024 is what every container has. */
export function faultOfShares(text: string): string | undefined {
  return fault(whole(2, 262_144), text);
}

/** What is wrong with a list of CPUs such as "0-2,4", on a host with that many cores. */
export function faultOfCpuset(text: string, cores?: number): string | undefined {
  const most = (list: string) => Math.max(...list.split(/[,-]/).map(Number));
  return fault(cpuList, text, (list) =>
    cores !== undefined && most(list) >= cores ? `The host's CPUs are 0 to ${cores - 1}.` : undefined,
  );
}

/** What is wrong with a limit of processes. */
export function faultOfPids(text: string): string | undefined {
  return fault(whole(-1, Number.MAX_SAFE_INTEGER), text, (count) =>
    count === 0 ? "At least one process is needed; -1 is no limit." : undefined,
  );
}

/** What is wrong with a restart policy such as "on-failure:3". */
export function faultOfRestart(text: string): string | undefined {
  return fault(restart, text);
}

/** A restart policy as docker writes it; undefined where `faultOfRestart` finds a fault. */
export function parseRestart(text: string): RestartPolicy | undefined {
  const read = restart.parse(text.trim());
  if ("problem" in read) return undefined;
  const { policy, maxRetries } = read.value;
  return { policy, ...(maxRetries === undefined ? {} : { retries: maxRetries }) };
}

const component = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
const repository = new RegExp(`^${component}(?:/${component})*$`);
const registry = /^(?:localhost|(?=.*[.:])(?:[a-zA-Z0-9.-]+|\[[0-9a-fA-F:]+\])(?::\d+)?)$/;

/** What is wrong with the name a new image shall have: [registry/]name[:tag] (distribution/reference). */
export function faultOfReference(reference: string): string | undefined {
  if (reference.includes("@")) return "A new image gets a name and a tag, no digest.";
  const { host, path, tag } = splitReference(reference);
  if (path === "") return "An image has a name: [registry/]name[:tag].";
  if (/[A-Z]/.test(path)) return "The name of an image has no capital letters.";
  if (!repository.test(path)) return "An image's name holds a-z, 0-9, and single . _ - / between them.";
  if (path.length + (host?.length ?? -1) + 1 > 255) return "An image's name has at most 255 characters.";
  return tag === undefined || /^\w[\w.-]{0,127}$/.test(tag)
    ? undefined
    : "A tag holds letters, digits, _ . and -, at most 128, and does not begin with . or -.";
}

/** "host:5000/a/b:tag" in its parts; the host is recognised as docker does it, by a dot, a colon or "localhost". */
export function splitReference(reference: string): { host?: string; path: string; tag?: string } {
  const slash = reference.indexOf("/");
  const first = slash < 0 ? "" : reference.slice(0, slash);
  const host = registry.test(first) ? first : undefined;
  const rest = host === undefined ? reference : reference.slice(slash + 1);
  const colon = rest.lastIndexOf(":");
  const named = colon > rest.lastIndexOf("/");
  return {
    ...(host === undefined ? {} : { host }),
    path: named ? rest.slice(0, colon) : rest,
    ...(named ? { tag: rest.slice(colon + 1) } : {}),
  };
}

/** What is wrong with an IP address for a container, in a network with those subnets ("10.1.0.0/16"). */
export function faultOfIp(ip: string, subnets?: readonly string[]): string | undefined {
  if (isIP(ip) === 0) return "An IP address is four numbers with dots (10.1.0.5), or IPv6.";
  if (subnets === undefined || !isIPv4(ip)) return undefined;
  const inside = subnets.some((subnet) => contains(subnet, ip));
  return inside ? undefined : `The network's addresses are ${subnets.join(", ") || "not its own to choose"}.`;
}

function contains(subnet: string, ip: string): boolean {
  const [base = "", bits = "32"] = subnet.split("/");
  if (!isIPv4(base)) return false;
  const size = 2 ** (32 - Number(bits));
  return Math.floor(address(base) / size) === Math.floor(address(ip) / size);
}

const address = (ip: string) => ip.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
