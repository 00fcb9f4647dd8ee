import type { JournalKeeper } from "../src/actions/journal-lines.ts";
import { createSession, type Session } from "../src/actions/session.ts";
import { saveFile } from "../src/docker/archive/save-file.ts";
import { createCompose } from "../src/docker/compose.ts";
import type { Container } from "../src/docker/containers.ts";
import type { Engine } from "../src/docker/engine.ts";
import { localKind, localPath } from "../src/docker/local-path.ts";
import { createFakeClock, type FakeClock, rest } from "./fake-clock.ts";
import { noPagers } from "./no-pagers.ts";

/** A container with what a test says of it. */
export function containerOf(change: Partial<Container> & { name: string }): Container {
  return {
    ...{ id: change.name.padEnd(64, "0"), image: "shop/web:1", imageId: "sha256:1", command: "run" },
    ...{
      created: 0,
      state: "running",
      status: "Up 3 hours",
      ports: [],
      labels: {},
      networks: [],
      mounts: [],
    },
    ...change,
  };
}

/** What is open in a test: what was called on the engine, and its containers to change. */
export type Opened = {
  session: Session;
  clock: FakeClock;
  containers: Container[];
  calls: string[];
  /** Loads the containers again, as an event would. */
  reload(): Promise<void>;
};

const verbs = ["start", "stop", "restart", "pause", "unpause", "kill", "remove", "wait"] as const;

/** A session over an engine that is an object: it has these containers, and its verbs only say that they were called. */
export async function openSession(
  containers: Container[],
  options: { readOnly?: boolean; engine?: Partial<Engine>; keeper?: JournalKeeper } = {},
): Promise<Opened> {
  const clock = createFakeClock();
  const calls: string[] = [];
  const detail = { graceSeconds: 10, pid: 0, tty: false };
  const engine = {
    endpoint: { kind: "tcp", host: "web-01", port: 2375, label: "tcp://web-01:2375" },
    containers: async () => containers.map((container) => ({ ...container })),
    images: async () => [],
    networks: async () => [],
    volumes: async () => [],
    detail: async () => detail,
    inspect: async (id: string) => ({ Id: id }),
    inspectQuietly: async (id: string) => ({ Id: id }),
    ...Object.fromEntries(
      verbs.map((verb) => [verb, async (id: string) => void calls.push(`${verb} ${id.replace(/0+$/, "")}`)]),
    ),
    ...options.engine,
  } as unknown as Engine;
  const host = {
    copy: async () => ({ kind: "sent", look: "" }) as const,
    stopProcess: async () => {},
    demo() {},
    quit() {},
    term: "xterm",
    ...{ localPath, localKind, save: saveFile },
    pagers: noPagers,
    compose: createCompose(engine.endpoint, {}),
  };
  const { readOnly = false, keeper } = options;
  const session = createSession(engine, { clock, host, readOnly, keeper, demo: false });
  session.sources.containers.subscribe(() => {});
  const reload = async () => {
    session.sources.containers.refresh(undefined);
    await rest();
  };
  await reload();
  return { session, clock, containers, calls, reload };
}
