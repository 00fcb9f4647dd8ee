import { isIP, isIPv4 } from "node:net";
import { parseSize } from "../format/size.ts";

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

/** What is wrong with a memory limit such as "512m". */
export function faultOfMemory(size: string): string | undefined {
  const bytes = parseSize(size);
  if (bytes === undefined) return "A size is a number with b, k, m or g: 512m, 1.5g.";
  return bytes < leastMemory ? "The least memory a container can be given is 6m." : undefined;
}

/** What is wrong with memory and swap together ("1g", or -1 for as much swap as there is), beside that memory. */
export function faultOfSwap(size: string, memory?: string): string | undefined {
  if (size.trim() === "-1") return undefined;
  const bytes = parseSize(size);
  if (bytes === undefined || bytes === 0)
    return "Memory and swap together, as a size (1g), or -1 for no limit.";
  const least = memory === undefined ? undefined : parseSize(memory);
  return least !== undefined && bytes < least
    ? "It counts memory and swap together: it cannot be below the memory limit."
    : undefined;
}

/** What is wrong with a number of CPUs such as "1.5", on a host with that many cores. */
export function faultOfCpus(cpus: string, cores?: number): string | undefined {
  const count = decimal(cpus);
  if (count === undefined) return "A number of CPUs is a number such as 0.5 or 2.";
  if (count < 0.01) return "The least is 0.01 CPUs.";
  return cores !== undefined && count > cores ? `The host has only ${cores} CPUs.` : undefined;
}

/** What is wrong with CPU shares. */
export function faultOfShares(shares: string): string | undefined {
  const count = whole(shares);
  if (count === undefined) return "CPU shares are a whole number; 1024 is what every container has.";
  return count < 2 || count > 262_144 ? "CPU shares go from 2 to 262144." : undefined;
}

/** What is wrong with a list of CPUs such as "0-2,4", on a host with that many cores. */
export function faultOfCpuset(list: string, cores?: number): string | undefined {
  const parts = list.split(",").map((part) => /^(\d+)(?:-(\d+))?$/.exec(part.trim()));
  if (parts.some((part) => part === null)) return "CPUs are numbers and ranges with commas: 0-2,4.";
  const ranges = parts.map((part) => [Number(part?.[1]), Number(part?.[2] ?? part?.[1])] as const);
  if (ranges.some(([from, to]) => from > to)) return "A range goes from the lower to the higher CPU: 0-2.";
  return cores !== undefined && ranges.some(([, to]) => to >= cores)
    ? `The host's CPUs are 0 to ${cores - 1}.`
    : undefined;
}

/** What is wrong with a limit of processes. */
export function faultOfPids(pids: string): string | undefined {
  const count = pids.trim() === "-1" ? -1 : whole(pids);
  return count === undefined || count === 0 ? "A whole number above 0, or -1 for no limit." : undefined;
}

/** What is wrong with a restart policy such as "on-failure:3". */
export function faultOfRestart(policy: string): string | undefined {
  const [name = "", retries, ...more] = policy.split(":");
  if (!(restartPolicies as readonly string[]).includes(name) || more.length > 0)
    return `A restart policy is ${restartPolicies.slice(0, -1).join(", ")} or ${restartPolicies.at(-1)}.`;
  if (retries === undefined) return undefined;
  if (name !== "on-failure") return `A number of retries is for on-failure, not for ${name}.`;
  return whole(retries) === undefined ? "The number of retries is a whole number: on-failure:3." : undefined;
}

/** A restart policy as docker writes it; undefined where `faultOfRestart` finds a fault. */
export function parseRestart(policy: string): RestartPolicy | undefined {
  if (faultOfRestart(policy) !== undefined) return undefined;
  const [name, retries] = policy.split(":");
  const found = restartPolicies.find((one) => one === name);
  return found && { policy: found, ...(retries === undefined ? {} : { retries: Number(retries) }) };
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

function whole(text: string): number | undefined {
  return /^\d+$/.test(text.trim()) ? Number(text) : undefined;
}

function decimal(text: string): number | undefined {
  return /^(\d+\.?\d*|\.\d+)$/.test(text.trim()) ? Number(text) : undefined;
}
