import type { JournalKeeper } from "../../src/actions/journal-lines.ts";
import { createSession, type Session } from "../../src/actions/session.ts";
import { saveFile } from "../../src/docker/archive/save-file.ts";
import { systemClock } from "../../src/docker/clock.ts";
import { createCompose } from "../../src/docker/compose.ts";
import type { Container } from "../../src/docker/containers.ts";
import type { Endpoint } from "../../src/docker/endpoint.ts";
import { createEngine, type Engine } from "../../src/docker/engine.ts";
import { localKind, localPath } from "../../src/docker/local-path.ts";
import type { Readable } from "../../src/docker/store.ts";
import { noPagers } from "../no-pagers.ts";
import { patienceMs } from "../patience.ts";
import type { EngineAccess } from "./private-engine.ts";

/** dockui without its screen: an engine, and a session whose connection runs and whose containers are looked at. */
export type Desk = {
  engine: Engine;
  session: Session;
  /** The container of that name in the live list, as soon as it is there and holds what is asked of it. */
  container(name: string, holds?: (container: Container) => boolean): Promise<Container>;
  close(): Promise<void>;
};

const desks = new Set<Desk>();

/** Opens a desk at that engine; `closeDesks` closes it. */
export function openDesk(
  endpoint: Endpoint,
  options: { readOnly?: boolean; keeper?: JournalKeeper } = {},
): Desk {
  const { readOnly = false, keeper } = options;
  const engine = createEngine(endpoint, { readOnly, now: Date.now });
  const host = {
    copy: async () => ({ kind: "sent", look: "" }) as const,
    stopProcess: async () => {},
    demo() {},
    quit() {},
    term: "xterm",
    ...{ localPath, localKind, save: saveFile },
    pagers: noPagers,
    compose: createCompose(endpoint, process.env),
  };
  const session = createSession(engine, { clock: systemClock, readOnly, demo: false, host, keeper });
  const leaving = new AbortController();
  const run = session.connection.run(leaving.signal);
  const unsubscribe = session.sources.containers.subscribe(() => {});
  const desk: Desk = {
    engine,
    session,
    async container(name, holds = () => true) {
      const find = ({ items }: { items: readonly Container[] }) => items.find((item) => item.name === name);
      const list = await until(session.sources.containers, (now) => {
        const found = find(now);
        return found !== undefined && holds(found);
      });
      return find(list) as Container;
    },
    async close() {
      desks.delete(desk);
      unsubscribe();
      session.watcher.watch([]);
      leaving.abort();
      await run;
      engine.close();
    },
  };
  desks.add(desk);
  return desk;
}

/** Closes all that were opened. For afterEach. */
export async function closeDesks(): Promise<void> {
  await Promise.all([...desks].map((desk) => desk.close()));
}

/** The value of a store as soon as it is as wanted; rejects with the last value when it does not become so. */
export function until<Value>(
  store: Readable<Value>,
  holds: (value: Value) => boolean,
  timeoutMs = patienceMs,
): Promise<Value> {
  const caller = new Error();
  return new Promise((resolve, reject) => {
    const done = (settle: () => void) => {
      clearTimeout(timer);
      stop();
      settle();
    };
    const check = () => {
      const value = store.get();
      if (holds(value)) done(() => resolve(value));
    };
    const timer = setTimeout(() => {
      caller.message = `not within ${timeoutMs} ms; it is ${JSON.stringify(store.get()).slice(0, 2000)}`;
      done(() => reject(caller));
    }, timeoutMs);
    const stop = store.subscribe(check);
    check();
  });
}

/** Removes every container and volume of a test engine, and images without a name. For afterEach. */
export async function removeAll({ docker }: EngineAccess): Promise<void> {
  const containers = (await docker("ps", "-aq")).split("\n").filter(Boolean);
  if (containers.length > 0) await docker("rm", "-fv", ...containers);
  const volumes = (await docker("volume", "ls", "-q")).split("\n").filter(Boolean);
  if (volumes.length > 0) await docker("volume", "rm", ...volumes);
  await docker("image", "prune", "-f");
}

/** Starts a container of the busybox image in the background; returns its id. */
export async function runContainer(
  { docker }: EngineAccess,
  name: string,
  { flags = [], command = [] }: { flags?: readonly string[]; command?: readonly string[] } = {},
): Promise<string> {
  const id = await docker("run", "-d", "--name", name, ...flags, "dockui-test/busybox", ...command);
  return id.trim();
}
