import { explain } from "../../docker/errors.ts";
import { record, text } from "../../docker/raw.ts";
import { startProblem } from "../containers/run/start-problem.ts";
import { renew } from "../journal.ts";
import { idNow, type Undo } from "./undo.ts";

/** What of an inspect creates its container again. */
function neededOf(inspect: unknown): unknown {
  const { Id, Name, Image, Config, HostConfig, Mounts, NetworkSettings } = record(inspect);
  const { Networks } = record(NetworkSettings);
  return { Id, Name, Image, Config, HostConfig, Mounts, NetworkSettings: { Networks } };
}

/** What came with a removal: whether the container ran and was killed for it, and whether its anonymous volumes went. */
export type RemovalOptions = { running: boolean; volumes?: boolean };

/**
 * The way back from the removal of a container, whose `inspect` (the answer of `Engine.inspect` as it came) was kept
 * before: it is created again, and started where it was running.
 */
export function undoRemoval(inspect: unknown, { running, volumes = false }: RemovalOptions): Undo {
  const { Id, Name, Config } = record(inspect);
  const id = text(Id);
  const name = text(Name).replace(/^\//, "");
  const where = volumes ? "inside it and in its anonymous volumes" : "inside it";
  return {
    saved: { by: "remove", with: [neededOf(inspect), { running, volumes }] },
    what: `${name} is created again from its settings, ${running ? "and started" : "not started"}.`,
    lost: `What was written ${where} is lost.`,
    command: `# docker create --name ${name} … ${text(record(Config).Image)}${running ? `; docker start ${name}` : ""}`,
    async run(session, signal, { waiting, note }) {
      const { engine } = session;
      waiting("being created");
      const made = await engine.recreate(inspect, { idNow: (other) => idNow(session, other) }, signal);
      renew(session, id, made.id);
      for (const said of [...made.changed, ...made.warnings]) note(said, { tone: "warn" });
      if (!running) return `${name} is there again, not started.`;
      waiting("starting");
      try {
        await engine.start(made.id, signal);
      } catch (error) {
        signal.throwIfAborted();
        const problem = startProblem(explain(error, engine.endpoint).message);
        note(`It does not start: ${problem}`, { tone: "warn" });
        return `${name} is there again.`;
      }
      return `${name} is there again and started.`;
    },
  };
}
