import type { Session } from "../../actions/session.ts";
import type { Container } from "../../docker/containers.ts";
import type { Detail } from "../../docker/detail.ts";
import { until } from "../../docker/until.ts";
import type { ReadLog } from "./reader.ts";

/** The container whose log is read, or the one that was made in its place under its name. */
export type Subject = {
  read: ReadLog;
  /** Finds out how its log is written; reading does it too. */
  lookUp(signal: AbortSignal): Promise<unknown>;
  /** How its log is written, as soon as that is known. */
  detail(): Detail | undefined;
  /**
   * Waits until it runs (again) on a live connection, or, where its log `failed`, is there at all; `onHeir` is called
   * when another container has its name. What the sources had at `before` is over.
   */
  untilReadable(wish: {
    before: unknown;
    failed(): boolean;
    onHeir(): void;
    signal: AbortSignal;
  }): Promise<void>;
};

/** That container of the session's engine. */
export function createSubject(
  { engine, sources, connection }: Session,
  container: Pick<Container, "id" | "name">,
): Subject {
  let { id } = container;
  let facts: Detail | undefined;

  async function lookUp(signal: AbortSignal): Promise<Detail> {
    facts ??= await engine.detail(id, signal);
    return facts;
  }

  function takeOver(containers: readonly Container[], onHeir: () => void): Container | undefined {
    const heir = containers.find(({ name }) => name === container.name);
    if (!heir) return undefined;
    id = heir.id;
    facts = undefined;
    onHeir();
    return heir;
  }

  return {
    lookUp,
    async *read(range, signal) {
      const { tty } = await lookUp(signal);
      yield* engine.log({ id, tty }, range, signal);
    },
    detail: () => facts,
    untilReadable({ before, failed, onHeir, signal }) {
      const mayGoOn = () => {
        const now = sources.containers.get();
        const row = now.items.find((item) => item.id === id) ?? takeOver(now.items, onHeir);
        const readable = row !== undefined && (row.state === "running" || failed());
        return readable && connection.get().kind === "live" && now !== before;
      };
      return until([sources.containers, connection], mayGoOn, signal);
    },
  };
}
