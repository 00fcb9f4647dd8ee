import { explain, ProblemError } from "../errors.ts";

/** What the engine, its runtime and the kernel say of changes they refuse, and what to do about it. */
const refusals: readonly { pattern: RegExp; message?: string; hint: string }[] = [
  {
    pattern: /memory\.(limit_in_bytes|max|memsw\S*|swap\S*).*(device or resource busy|invalid argument)/s,
    message:
      "The kernel refuses this memory limit: the container uses more, or the limits contradict each other.",
    hint: "Give it more than it uses now, and with it a number for memory and swap together that is not below.",
  },
  {
    pattern: /unable to set memory limit|memory limit .* below .*usage/i,
    message: "The kernel refuses this memory limit: the container uses more than that.",
    hint: "Give it more than it uses now, or restart it first.",
  },
  {
    pattern: /already set memoryswap limit/,
    message: "The memory limit is above the limit of memory and swap together.",
    hint: "Change that limit with it, to at least as much.",
  },
  {
    pattern: /cpuset\S*.*(invalid argument|permission denied|numerical result out of range)/s,
    message: "The kernel refuses these CPUs: they are not all open to this container.",
    hint: "Its cgroup's parent may hold only some of the host's CPUs.",
  },
  { pattern: /Requested CPUs are not available/, hint: "Name CPUs of the host, counted from 0." },
  {
    pattern: /Nano ?CPUs cannot be updated as CPU (Period|Quota) has already been set/i,
    message: "Its CPUs were limited by quota and period, which --cpus cannot change.",
    hint: "docker update --cpu-quota changes it.",
  },
  {
    pattern: /Restart policy cannot be updated because AutoRemove/,
    message: "A container that is removed when it ends (--rm) has no restart policy.",
    hint: "Run it again without --rm.",
  },
  {
    pattern: /user specified IP address is supported (on user defined networks|only when connecting)/,
    message: "An address can only be chosen in a network that was created with a subnet of its own.",
    hint: "docker network create --subnet 10.1.0.0/24 NAME",
  },
  {
    pattern: /does not belong to any of this network's subnets|no configured subnet .*contains? IP/i,
    message: "This address is in none of the network's subnets.",
    hint: "Choose one of its addresses, or none: the engine chooses then.",
  },
  {
    pattern: /Address already in use/,
    message: "This address is in use in that network.",
    hint: "Choose another, or none: the engine chooses then.",
  },
  {
    pattern: /endpoint with name .* already exists in network/,
    message: "The container is in that network already.",
    hint: "To change its address or aliases, disconnect it first.",
  },
  {
    pattern: /is not connected to (the )?network|endpoint .* not found/i,
    message: "The container is not in that network.",
    hint: "If its endpoint is left over, disconnect it with force.",
  },
  {
    pattern: /cannot be disconnected from host network or connected to host network/,
    message: "The host's network is chosen when a container is created; it can be neither joined nor left.",
    hint: "Create the container again with or without --network host.",
  },
  {
    pattern: /sharing the network namespace|container sharing network namespace/i,
    message: "It uses another container's network, or the host's: it can join no other.",
    hint: "Create the container again with a network of its own.",
  },
];

/** A refused change as a sentence; what is not known passes as it came. */
export function editProblem(error: unknown): unknown {
  if (error instanceof ProblemError) return error;
  const { kind, message } = explain(error);
  const found = refusals.find(({ pattern }) => pattern.test(message));
  return found ? new ProblemError({ kind, message: found.message ?? message, hint: found.hint }) : error;
}
