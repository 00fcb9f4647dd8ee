import type { Session } from "../../actions/session.ts";
import type { Container } from "../../docker/containers.ts";
import { explain } from "../../docker/errors.ts";
import type { Process } from "../../docker/inside/processes.ts";
import { createSource, type Source } from "../../docker/source.ts";
import { masked } from "../../format/secrets/masked.ts";

/** So long after an answer, in ms, it is asked again; `ps` on a host with thousands of processes is dear. */
const againMs = 2_000;
const dearAgainMs = 5_000;
const dearMs = 200;

/** A process as a row: a number that went to another program is another row. */
export type ProcessItem = Process & {
  id: string;
  /** Its command with secrets masked: what is told of it. */
  shown: string;
  /** The one the container lives and ends with. */
  main: boolean;
};

/** The processes of a container, asked for anew while somebody looks; none while it does not run. */
export function createProcessSource(
  { engine, clock, connection }: Session,
  { id }: Container,
): Source<ProcessItem> {
  let main: number | undefined;
  let again: ((ms: number) => void) | undefined;

  async function load(signal: AbortSignal): Promise<ProcessItem[]> {
    const found = await engine.processes(id, signal).catch((error: unknown) => {
      const { kind } = explain(error);
      // A container that does not run is no failure of ours: nothing runs in it.
      if (kind === "conflict" || kind === "gone") return [];
      throw error;
    });
    if (found.length > 0 && !found.some(({ pid }) => pid === main))
      main = (await engine.detail(id, signal)).pid;
    return found.map((process) => {
      const shown = masked(process.command);
      return { ...process, shown, id: `${process.pid} ${shown}`, main: process.pid === main };
    });
  }

  return createSource<ProcessItem>({
    clock,
    async load(_ids, signal) {
      const began = clock.ticks();
      try {
        return await load(signal);
      } finally {
        if (!signal.aborted) again?.(clock.ticks() - began > dearMs ? dearAgainMs : againMs);
      }
    },
    follow(refresh) {
      let cancel = () => {};
      again = (ms) => {
        cancel();
        cancel = clock.after(ms, () => refresh(undefined));
      };
      const stops = [
        connection.follow("container", (ids) => {
          if (!ids || ids.includes(id)) refresh(undefined);
        }),
        () => cancel(),
      ];
      return () => {
        again = undefined;
        for (const stop of stops) stop();
      };
    },
  });
}
