import { binarySize } from "../../format/size.ts";
import { ProblemError } from "../errors.ts";
import { type Limits, toLimits } from "../facts/limits.ts";
import type { Gate } from "../gate.ts";
import { list, record, text } from "../raw.ts";
import { type RestartPolicy, splitReference } from "./faults.ts";
import { editProblem } from "./words.ts";

/**
 * What can be changed of a container's limits; what is left out stays. Memory in bytes; `swap` is memory and swap
 * together, as docker's --memory-swap, -1 for no limit; `pids` -1 for no limit. The engine cannot take a limit of
 * memory or CPUs away again.
 */
export type LimitChange = {
  memory?: number;
  swap?: number;
  cpus?: number;
  shares?: number;
  /** "0-2,4". */
  cpuset?: string;
  pids?: number;
  restart?: RestartPolicy;
};

/** An image made of a container: `pause` keeps the files still meanwhile; `changes` are Dockerfile lines. */
export type CommitOptions = {
  reference: string;
  author?: string;
  message?: string;
  pause: boolean;
  changes?: readonly string[];
};

/** How a container joins a network; an address of its own needs a network with a subnet of its own. */
export type ConnectOptions = { ip?: string; aliases?: readonly string[] };

/** What changes a container in place. Every one throws a problem that says what to do. */
export type EditVerbs = {
  rename(id: string, name: string, signal?: AbortSignal): Promise<void>;
  /** Resolves with the engine's warnings, and ours where it keeps silent. */
  update(id: string, change: LimitChange, signal?: AbortSignal): Promise<string[]>;
  limits(id: string, signal?: AbortSignal): Promise<Limits>;
  /** Resolves with the new image's id; ten minutes at most. */
  commit(id: string, options: CommitOptions, signal?: AbortSignal): Promise<string>;
  connectNetwork(
    networkId: string,
    id: string,
    options?: ConnectOptions,
    signal?: AbortSignal,
  ): Promise<void>;
  /** With `force` also where the engine's and the network's books disagree. */
  disconnectNetwork(
    networkId: string,
    id: string,
    options?: { force?: boolean },
    signal?: AbortSignal,
  ): Promise<void>;
};

/** The changes in place of that engine. */
export function editVerbs(gate: Gate): EditVerbs {
  const limits: EditVerbs["limits"] = async (id, signal) =>
    toLimits(await gate.call("GET", `/containers/${id}/json`, {}, signal));
  return {
    limits,
    async rename(id, name, signal) {
      const asked = gate.call("POST", `/containers/${id}/rename`, { name }, signal);
      await asked.catch(async (error: unknown) => {
        throw await nameProblem(gate, name, error);
      });
    },
    async update(id, change, signal) {
      const ofMemory = change.memory !== undefined || change.swap !== undefined;
      const now = ofMemory ? await limits(id, signal) : undefined;
      const body = updateBody(change, now);
      const asked = gate.call("POST", `/containers/${id}/update`, {}, signal, body);
      const warnings = list(record(await said(asked)).Warnings).map(text);
      // moby's update_linux.go writes it down, but tells the runtime of limits above 0 only.
      if (change.swap === -1 && now?.swap !== undefined) warnings.push(swapLater);
      return warnings;
    },
    async commit(id, options, signal) {
      const asked = gate.call("POST", "/commit", commitQuery(id, options), signal);
      return text(record(await said(asked)).Id);
    },
    async connectNetwork(networkId, id, { ip, aliases = [] } = {}, signal) {
      const EndpointConfig = {
        ...(ip === undefined
          ? {}
          : { IPAMConfig: { [ip.includes(":") ? "IPv6Address" : "IPv4Address"]: ip } }),
        ...(aliases.length === 0 ? {} : { Aliases: [...aliases] }),
      };
      const body = { Container: id, EndpointConfig };
      await said(gate.call("POST", `/networks/${networkId}/connect`, {}, signal, body));
    },
    async disconnectNetwork(networkId, id, { force = false } = {}, signal) {
      const body = { Container: id, Force: force };
      await said(gate.call("POST", `/networks/${networkId}/disconnect`, {}, signal, body));
    },
  };
}

const swapLater = "That swap is without limit takes effect when the container is started again.";

async function said<Answer>(asked: Promise<Answer>): Promise<Answer> {
  return asked.catch((error: unknown) => {
    throw editProblem(error);
  });
}

/**
 * The request that changes limits. The engine refuses a memory limit above the limit of memory and swap, and takes "no
 * such limit" for 0: where there is none, that is said again with it.
 */
export function updateBody(change: LimitChange, now: Limits | undefined): object {
  const { memory, cpus, shares, cpuset, pids, restart } = change;
  const swap = change.swap ?? (memory !== undefined && now?.swap === undefined ? -1 : undefined);
  if (memory !== undefined && swap === undefined && now?.swap !== undefined && memory > now.swap)
    throw new ProblemError({
      kind: "conflict",
      message: `${binarySize(memory)} is above the limit of memory and swap together, ${binarySize(now.swap)}.`,
      hint: "Change that limit with it, to at least as much.",
    });
  return {
    ...(memory === undefined ? {} : { Memory: memory }),
    ...(swap === undefined ? {} : { MemorySwap: swap }),
    ...(cpus === undefined ? {} : { NanoCpus: Math.round(cpus * 1e9) }),
    ...(shares === undefined ? {} : { CpuShares: shares }),
    ...(cpuset === undefined ? {} : { CpusetCpus: cpuset }),
    ...(pids === undefined ? {} : { PidsLimit: pids }),
    ...(restart === undefined
      ? {}
      : { RestartPolicy: { Name: restart.policy, MaximumRetryCount: restart.retries ?? 0 } }),
  };
}

function commitQuery(container: string, { reference, author, message, pause, changes = [] }: CommitOptions) {
  const { host, path, tag } = splitReference(reference);
  return {
    container,
    repo: host === undefined ? path : `${host}/${path}`,
    ...(tag === undefined ? {} : { tag }),
    ...(author ? { author } : {}),
    ...(message ? { comment: message } : {}),
    pause: pause ? 1 : 0,
    ...(changes.length === 0 ? {} : { changes: [...changes] }),
  };
}

/** A refused name as a sentence that tells who has it; anything else passes as it came. */
export async function nameProblem(gate: Gate, name: string, error: unknown): Promise<unknown> {
  if ((error as { statusCode?: number }).statusCode !== 409) return error;
  const filters = JSON.stringify({ name: [`^/${name}$`] });
  const rows = await gate.call("GET", "/containers/json", { all: 1, filters }).then(list, () => []);
  const holder = record(rows[0]);
  if (!holder.Id) return error;
  const who = `${text(holder.Id).slice(0, 12)} (${text(holder.State)}, ${text(holder.Image)})`;
  return new ProblemError({
    kind: "conflict",
    message: `The name ${text(name)} is taken by the container ${who}.`,
    hint: "Rename or remove that one first, or take another name.",
  });
}
