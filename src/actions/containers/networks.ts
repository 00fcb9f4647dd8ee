import type { Container } from "../../docker/containers.ts";
import { faultOfIp } from "../../docker/edits/faults.ts";
import { ProblemError } from "../../docker/errors.ts";
import type { Network } from "../../docker/networks.ts";
import { byName } from "../../format/natural.ts";
import type { TargetsAction } from "../action.ts";
import { type Answers, textOf } from "../question.ts";
import { undoConnect, undoDisconnect } from "../undo/undo-container.ts";
import { docker, stateDetail } from "./states.ts";

/** A network as it is chosen: several may have one name, so the id goes with it. */
const choiceOf = ({ name, id }: Pick<Network, "name" | "id">) => `${name}  ${id.slice(0, 12)}`;
const idIn = (choice: Answers[string] | undefined) => textOf(choice).split(/\s+/).at(-1) ?? "";
const nameIn = (choice: Answers[string] | undefined) => textOf(choice).replace(/\s+\S+$/, "");

function noneOf(message: string): ProblemError {
  return new ProblemError({ kind: "conflict", message });
}

/** Joins another network while it runs. */
export const connectNetwork: TargetsAction<Container> = {
  id: "connect-network",
  on: "targets",
  keys: [],
  label: "connect",
  help: "Connect the container to another network, with an address and further names there if wanted",
  changes: true,
  doing: "connecting",
  done: "connected",
  unavailable: ({ networks }) =>
    networks.some((name) => name === "host" || name === "none")
      ? `it has the network of ${networks[0]}, to which no other can be added.`
      : undefined,
  confirm: {
    danger: false,
    detail: stateDetail,
    async prepare(containers, { engine }, signal) {
      const all = await engine.networks(signal);
      const free = all
        .filter(
          ({ name }) =>
            !["host", "none"].includes(name) && !containers.every(({ networks }) => networks.includes(name)),
        )
        .sort(byName);
      const [first] = free;
      if (!first) throw noneOf("There is no further network: docker network create makes one.");
      return [
        {
          kind: "choice",
          id: "network",
          label: "Network",
          value: choiceOf(first),
          choices: free.map(choiceOf),
        },
        {
          kind: "text",
          id: "ip",
          label: "Address",
          value: "",
          hint: "an address of its subnet; empty: the next free one",
          check(value, { network }) {
            if (value.trim() === "") return undefined;
            if (containers.length > 1) return "Several containers cannot have one address.";
            const chosen = free.find((one) => one.id.startsWith(idIn(network)));
            return faultOfIp(value.trim(), chosen?.subnets);
          },
        },
        {
          kind: "text",
          id: "aliases",
          label: "Further names",
          value: "",
          hint: "db primary: how others on this network find it besides",
          check: (value) =>
            /^[\w.\s-]*$/.test(value)
              ? undefined
              : "Names of letters, digits, . _ and -, with spaces between.",
        },
      ];
    },
  },
  command: (names, { network, ip, aliases }) =>
    docker(
      "network connect",
      [nameIn(network) || "NETWORK", ...names.slice(0, 1)],
      ...(textOf(ip) ? ["--ip", textOf(ip)] : []),
      ...wordsIn(aliases).flatMap((alias) => ["--alias", alias]),
    ),
  run(container, { engine, answers, signal, undoable }) {
    const { network, ip, aliases } = answers;
    undoable(undoConnect(container, { id: idIn(network), name: nameIn(network) }));
    const options = { ...(textOf(ip) ? { ip: textOf(ip) } : {}), aliases: wordsIn(aliases) };
    return engine.connectNetwork(idIn(network), container.id, options, signal);
  },
};

function wordsIn(value: Answers[string] | undefined): readonly string[] {
  return textOf(value).split(/\s+/).filter(Boolean);
}

/** Leaves a network while it runs. */
export const disconnectNetwork: TargetsAction<Container> = {
  id: "disconnect-network",
  on: "targets",
  keys: [],
  label: "disconnect",
  help: "Disconnect the container from one of its networks; connections over it break",
  changes: true,
  doing: "disconnecting",
  done: "disconnected",
  unavailable({ networks }) {
    if (networks.includes("host")) return "the host's network is chosen when it is created, and never left.";
    return networks.length > 0 ? undefined : "it is in no network.";
  },
  confirm: {
    danger: true,
    detail: ({ networks }) => `in ${networks.join(", ")}`,
    async prepare(containers, { engine }, signal) {
      const facts = await Promise.all(containers.map(({ id }) => engine.facts(id, signal)));
      const all = facts.flatMap(({ networks }) => networks).sort(byName);
      const joined = new Map(all.map((one) => [one.id, choiceOf(one)]));
      const choices = [...joined.values()];
      return [
        { kind: "choice", id: "network", label: "Network", value: choices[0] ?? "", choices },
        {
          kind: "switch",
          id: "force",
          label: "Force",
          on: false,
          hint: "also where the engine and the network disagree about it",
        },
      ];
    },
  },
  command: (names, { network, force }) =>
    docker(
      "network disconnect",
      [nameIn(network) || "NETWORK", ...names.slice(0, 1)],
      ...(force === true ? ["--force"] : []),
    ),
  async run(container, { engine, answers, signal, undoable }) {
    const network = { id: idIn(answers.network), name: nameIn(answers.network) };
    undoable(undoDisconnect(container, network, await engine.inspect(container.id, signal)));
    await engine.disconnectNetwork(network.id, container.id, { force: answers.force === true }, signal);
  },
};
