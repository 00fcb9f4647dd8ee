import type { Gate } from "./gate.ts";

/** How a container is removed: `force` kills it first, `volumes` takes its anonymous volumes along. */
export type RemoveOptions = { force?: boolean; volumes?: boolean };

/** What changes the state of a container. A change that already is so (start on a running container) succeeds. */
export type StateVerbs = {
  start(id: string, signal?: AbortSignal): Promise<void>;
  /** Waits `graceSeconds` for the container to end by itself, then the engine kills it. */
  stop(id: string, graceSeconds: number, signal?: AbortSignal): Promise<void>;
  restart(id: string, graceSeconds: number, signal?: AbortSignal): Promise<void>;
  pause(id: string, signal?: AbortSignal): Promise<void>;
  unpause(id: string, signal?: AbortSignal): Promise<void>;
  kill(id: string, unixSignal: string, signal?: AbortSignal): Promise<void>;
  remove(id: string, options?: RemoveOptions, signal?: AbortSignal): Promise<void>;
};

/** The state changes of that engine. */
export function stateVerbs({ changes }: Gate): StateVerbs {
  const container = (id: string) => changes.getContainer(id);
  return {
    start: (id, signal) => already(container(id).start(abort(signal))),
    stop: (id, t, signal) => already(container(id).stop({ t, ...abort(signal) })),
    restart: (id, t, signal) => already(container(id).restart({ t, ...abort(signal) })),
    pause: (id, signal) => already(container(id).pause(abort(signal))),
    unpause: (id, signal) => already(container(id).unpause(abort(signal))),
    kill: (id, unixSignal, signal) => already(container(id).kill({ signal: unixSignal, ...abort(signal) })),
    remove: (id, { force = false, volumes = false } = {}, signal) =>
      already(container(id).remove({ force, v: volumes, ...abort(signal) })),
  };
}

/** 304 means that it already is so. */
async function already(change: Promise<unknown>): Promise<void> {
  try {
    await change;
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode !== 304) throw error;
  }
}

function abort(signal: AbortSignal | undefined): { abortSignal?: AbortSignal } {
  return signal ? { abortSignal: signal } : {};
}
