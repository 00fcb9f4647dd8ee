import { explain, ProblemError } from "../errors.ts";
import type { Gate } from "../gate.ts";
import { list, record, text } from "../raw.ts";
import { raw } from "../run/from-raw.ts";
import { untoldMacs } from "../run/own-mac.ts";
import { inspectImage } from "../run/verbs.ts";
import { createBody, type Joined, joinedFirst, joinedNetworks, modeOf } from "./create-body.ts";
import { nameProblem } from "./verbs.ts";
import { editProblem } from "./words.ts";

/** A container that was created again: the engine's warnings, and what is not as it was, a sentence each. */
export type Recreated = { id: string; warnings: readonly string[]; changed: readonly string[] };

/** What brings a container back from its inspect, the answer of `Engine.inspect` as it came. */
export type RecreateVerbs = {
  /**
   * Creates a container like the inspected one and joins its networks; does not start it. `idNow` tells the id that a
   * container has now whose network it shares. Rejects with kind "gone" when its image or a network is missing,
   * "conflict" when its name is taken.
   */
  recreate(
    inspect: unknown,
    options?: { idNow?(id: string): string },
    signal?: AbortSignal,
  ): Promise<Recreated>;
  /** Joins a network, told by its id, as the inspected container was in it: with its address, names and options. */
  rejoin(inspect: unknown, network: string, id: string, signal?: AbortSignal): Promise<void>;
};

/** Bringing containers back on that engine. */
export function recreateVerbs(gate: Gate): RecreateVerbs {
  return {
    async recreate(inspect, { idNow = (other: string) => other } = {}, signal) {
      const { Name } = record(inspect);
      const name = raw(Name).replace(/^\//, "");
      const image = await imageOf(gate, inspect, signal);
      const more = await networksOf(gate, inspect, signal);
      const volumes = await volumesOf(gate, inspect, signal);
      const hasVolume = (volume: string) => volumes.get(volume) !== false;
      const body = createBody(inspect, { image: image.reference, hasVolume, idNow });
      const asked = gate.call("POST", "/containers/create", { name }, signal, body);
      const { Id, Warnings } = record(
        await asked.catch(async (error: unknown) => {
          throw await nameProblem(gate, name, error);
        }),
      );
      const id = text(Id);
      await settleNetworks(gate, { id, inspect, more }, signal);
      return {
        id,
        warnings: list(Warnings).map(text),
        changed: [...image.changed, ...emptied(inspect, hasVolume), ...newMacs(inspect)],
      };
    },
    async rejoin(inspect, network, id, signal) {
      const { endpoint = {} } =
        joinedNetworks(inspect).find(({ networkId }) => networkId.startsWith(network)) ?? {};
      await join(gate, { network, endpoint, id }, signal);
    },
  };
}

/** The image by its name while that is the same one, else by its id; what else its name stands for now is told. */
async function imageOf(gate: Gate, inspect: unknown, signal?: AbortSignal) {
  const { Image, Config, Name } = record(inspect);
  const [id, name] = [raw(Image), raw(record(Config).Image)];
  const named = await inspectImage(gate, name, signal);
  if (named !== undefined && raw(record(named).Id) === id) return { reference: name, changed: [] };
  if ((await inspectImage(gate, id, signal)) !== undefined) return { reference: id, changed: [] };
  const other = `${text(name)} is another image now: the one it was made of is gone.`;
  if (named !== undefined) return { reference: name, changed: [other] };
  throw new ProblemError({
    kind: "gone",
    message: `The image ${text(name)} is gone, which ${text(Name).replace(/^\//, "")} needs.`,
    hint: `Bring it back first: docker pull ${text(name)}`,
  });
}

type Place = { network: string; endpoint: object };

/** The networks to join beside the first: by id where that still exists, else by name. */
async function networksOf(gate: Gate, inspect: unknown, signal?: AbortSignal): Promise<readonly Place[]> {
  const first = joinedFirst(inspect);
  const all = joinedNetworks(inspect).filter(({ name }) => name !== first?.name);
  return Promise.all(all.map((joined) => placeOf(gate, joined, signal)));
}

/** For a container that does not run, 20.10 joins a network that is not there and fails at the start only. */
async function placeOf(
  gate: Gate,
  { name, networkId, endpoint }: Joined,
  signal?: AbortSignal,
): Promise<Place> {
  for (const network of [networkId, name].filter(Boolean))
    if (await exists(gate, `/networks/${encodeURIComponent(network)}`, signal)) return { network, endpoint };
  throw new ProblemError({
    kind: "gone",
    message: `The network ${text(name)} is gone.`,
    hint: `Make it first: docker network create ${text(name)}`,
  });
}

/** Which of its volumes still exist. */
async function volumesOf(gate: Gate, inspect: unknown, signal?: AbortSignal) {
  const names = new Set(volumeMounts(inspect).map(({ name }) => name));
  const looks = [...names].map(
    async (name) => [name, await exists(gate, `/volumes/${encodeURIComponent(name)}`, signal)] as const,
  );
  return new Map(await Promise.all(looks));
}

function volumeMounts(inspect: unknown): readonly { name: string; target: string }[] {
  const mounts = list(record(inspect).Mounts).map(record);
  return mounts
    .filter(({ Type, Name }) => Type === "volume" && raw(Name) !== "")
    .map(({ Name, Destination }) => ({ name: raw(Name), target: raw(Destination) }));
}

function emptied(inspect: unknown, hasVolume: (name: string) => boolean): string[] {
  return volumeMounts(inspect)
    .filter(({ name }) => !hasVolume(name))
    .map(({ name, target }) => {
      const what = /^[0-9a-f]{64}$/.test(name) ? "The anonymous volume" : `The volume ${text(name)}`;
      return `${what} at ${text(target)} is gone: a new, empty one is there.`;
    });
}

function newMacs(inspect: unknown): string[] {
  return untoldMacs(record(inspect), joinedFirst(inspect)?.name).map(
    (name) =>
      `Its MAC address in the network ${text(name)} is a new one: that of a stopped container cannot be read.`,
  );
}

async function exists(gate: Gate, path: string, signal?: AbortSignal): Promise<boolean> {
  try {
    await gate.call("GET", path, {}, signal);
    return true;
  } catch (error) {
    if (explain(error).kind === "gone") return false;
    throw error;
  }
}

type Made = { id: string; inspect: unknown; more: readonly Place[] };

/** Leaves the network it had left, and joins the further ones; when one cannot be joined, nothing is left. */
async function settleNetworks(gate: Gate, { id, inspect, more }: Made, signal?: AbortSignal): Promise<void> {
  const mode = modeOf(inspect);
  try {
    if (mode !== "" && joinedFirst(inspect) === undefined)
      await gate.call("POST", `/networks/${encodeURIComponent(mode)}/disconnect`, {}, signal, {
        Container: id,
        Force: true,
      });
    for (const place of more) await join(gate, { ...place, id }, signal);
  } catch (error) {
    await gate.call("DELETE", `/containers/${id}`, { v: true });
    throw error;
  }
}

async function join(gate: Gate, { network, endpoint, id }: Place & { id: string }, signal?: AbortSignal) {
  const body = { Container: id, EndpointConfig: endpoint };
  const asked = gate.call("POST", `/networks/${encodeURIComponent(network)}/connect`, {}, signal, body);
  await asked.catch((error: unknown) => {
    throw editProblem(error);
  });
}
