import type { Container } from "../../docker/containers.ts";
import type { LimitChange } from "../../docker/edits/verbs.ts";
import type { Engine } from "../../docker/engine.ts";
import { record } from "../../docker/raw.ts";
import { shellQuote } from "../../format/quote.ts";
import { idNow, type Undo } from "./undo.ts";

/** A container, held by its id. */
type Who = Pick<Container, "id" | "name">;

/** No more of it than an undo needs. */
const whoOf = ({ id, name }: Who): Who => ({ id, name });

/** A way back that is one call on the same container; `what` is what is so afterwards. */
function byCall(
  { id }: Who,
  { what, command, lost, saved }: Pick<Undo, "what" | "lost" | "command" | "saved">,
  call: (engine: Engine, id: string, signal: AbortSignal) => Promise<unknown>,
): Undo {
  return {
    what,
    ...(lost === undefined ? {} : { lost }),
    ...(command === undefined ? {} : { command }),
    ...(saved === undefined ? {} : { saved }),
    async run(session, signal) {
      await call(session.engine, idNow(session, id), signal);
      return what;
    },
  };
}

/** Starts what was stopped. */
export function undoStop(who: Who): Undo {
  const words = {
    saved: { by: "stop", with: [whoOf(who)] },
    what: `${who.name} is started again.`,
    lost: "What it held in memory is lost.",
    command: shellQuote(["docker", "start", who.name]),
  };
  return byCall(who, words, (engine, id, signal) => engine.start(id, signal));
}

/** Lets go on what was paused. */
export function undoPause(who: Who): Undo {
  const words = {
    saved: { by: "pause", with: [whoOf(who)] },
    what: `${who.name} goes on.`,
    command: shellQuote(["docker", "unpause", who.name]),
  };
  return byCall(who, words, (engine, id, signal) => engine.unpause(id, signal));
}

/** Pauses again what was let go on. */
export function undoUnpause(who: Who): Undo {
  const words = {
    saved: { by: "unpause", with: [whoOf(who)] },
    what: `${who.name} is paused again.`,
    command: shellQuote(["docker", "pause", who.name]),
  };
  return byCall(who, words, (engine, id, signal) => engine.pause(id, signal));
}

/** Gives back the name it had before it was called `now`. */
export function undoRename(who: Who, now: string): Undo {
  const words = {
    saved: { by: "rename", with: [whoOf(who), now] },
    what: `${now} is called ${who.name} again.`,
    command: shellQuote(["docker", "rename", now, who.name]),
  };
  return byCall(who, words, (engine, id, signal) => engine.rename(id, who.name, signal));
}

/** Leaves the network that was joined. */
export function undoConnect(who: Who, network: { id: string; name: string }): Undo {
  const words = {
    saved: { by: "connect", with: [whoOf(who), network] },
    what: `${who.name} leaves the network ${network.name}.`,
    lost: "Connections over it break.",
    command: shellQuote(["docker", "network", "disconnect", network.name, who.name]),
  };
  return byCall(who, words, (engine, id, signal) => engine.disconnectNetwork(network.id, id, {}, signal));
}

/** Joins the network that was left, as it was in it: with the address and names that the kept inspect tells. */
export function undoDisconnect(who: Who, network: { id: string; name: string }, inspect: unknown): Undo {
  const { Id, NetworkSettings } = record(inspect);
  const joined = { Id, NetworkSettings: { Networks: record(NetworkSettings).Networks } };
  const words = {
    saved: { by: "disconnect", with: [whoOf(who), network, joined] },
    what: `${who.name} is in the network ${network.name} again, as it was.`,
    command: shellQuote(["docker", "network", "connect", network.name, who.name]),
  };
  return byCall(who, words, (engine, id, signal) => engine.rejoin(inspect, network.id, id, signal));
}

/** Sets limits back; `said` are the flags for it, `left` the limits it had not and that no engine takes away. */
export function undoUpdate(
  who: Who,
  { change, said, left }: { change: LimitChange; said: readonly string[]; left: readonly string[] },
): Undo | string {
  const cannot = `${left.join(", ")}: no limit was there before, and the engine takes none away.`;
  if (Object.keys(change).length === 0) return cannot;
  const words = {
    saved: { by: "update", with: [whoOf(who), { change, said, left }] },
    what: `${who.name} has the limits it had before.`,
    command: shellQuote(["docker", "update", ...said, who.name]),
    ...(left.length === 0 ? {} : { lost: cannot }),
  };
  return byCall(who, words, (engine, id, signal) => engine.update(id, change, signal));
}
