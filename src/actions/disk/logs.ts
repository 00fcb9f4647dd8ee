import type { Container } from "../../docker/containers.ts";
import { createLogReader, type LogFile } from "../../docker/disk/log-files.ts";
import { createSource, type Source } from "../../docker/source.ts";
import type { Session } from "../session.ts";

/** What could not be asked is asked again after so many ms. */
const retryMs = 2_000;

/** The log of a container as a row; its id is the container's. */
export type LogItem = LogFile & { name: string; state: Container["state"] };

/**
 * The logs of all containers. A log is measured when the list is opened, when it is reloaded, and when its container
 * comes, starts or stops: never on a beat.
 */
export function createLogSource(session: Session): Source<LogItem> {
  const { engine, sources, clock } = session;
  const reader = createLogReader(engine);
  return createSource<LogItem>({
    clock,
    retryMs,
    async load(ids, signal) {
      const containers = await engine.containers({ ids }, signal);
      const known = new Map(containers.map((container) => [container.id, container]));
      const logs = await reader.read(containers, signal);
      return logs.flatMap((log) => {
        const container = known.get(log.id);
        return container ? [{ ...log, name: container.name, state: container.state }] : [];
      });
    },
    follow(refresh) {
      let before = marksOf(sources.containers.get().items);
      refresh(undefined);
      return sources.containers.subscribe(() => {
        const now = marksOf(sources.containers.get().items);
        const changed = differing(before, now);
        before = now;
        if (changed.length > 0) refresh(changed);
      });
    },
  });
}

type Marks = ReadonlyMap<string, string>;

/** What of a container a row shows, by id: the rest of it changes all the time. */
function marksOf(containers: readonly Container[]): Marks {
  return new Map(containers.map(({ id, name, state }) => [id, `${state} ${name}`]));
}

function differing(before: Marks, now: Marks): string[] {
  return [...new Set([...before.keys(), ...now.keys()])].filter((id) => before.get(id) !== now.get(id));
}
