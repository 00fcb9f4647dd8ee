import { beBusy } from "../../../actions/busy.ts";
import { record, settle } from "../../../actions/journal.ts";
import { type Busy, notify, type Session } from "../../../actions/session.ts";
import type { Container } from "../../../docker/containers.ts";
import { explain, inFull } from "../../../docker/errors.ts";
import { shellQuote } from "../../../format/quote.ts";
import { decimalSize } from "../../../format/size.ts";
import type { LogPlace } from "../ask.ts";
import { logName } from "./fields.ts";
import { createSieve } from "./sieve.ts";
import { latest, readWhole } from "./whole.ts";
import { type Form, writtenAs } from "./written.ts";

/** A save of all that the engine has since a moment (unix ms); `filtered`: only what is shown of it. */
export type WholeSave = { target: string; since: number | undefined; form: Form; filtered: boolean };

const doing = "saving log";
const nothingLeft = "nothing of it is left behind.";

/** How often, in ms, it is said how far it is. */
const progressMs = 200;

/** What is being saved of this log, wherever it was begun; undefined when nothing is. */
export function savingOf({ session, containers = [] }: LogPlace): Busy | undefined {
  const all = session.busy.get();
  if (all.size === 0) return undefined;
  return containers
    .map((container) => all.get(latest(session, container).id))
    .find((busy) => busy?.label === doing);
}

/**
 * Streams the whole log from the engine into a new file, while everything else goes on; its containers' rows say how
 * far it is. Told how it ended, it never rejects; a file that is not whole is taken away.
 */
export async function saveWhole(place: LogPlace, save: WholeSave): Promise<void> {
  const { session, view, containers = [] } = place;
  const { host, clock } = session;
  const name = logName(place);
  const path = host.localPath(save.target);
  const entry = record(session, commandOf(containers, save));
  const leaving = new AbortController();
  const row = createRow(session, containers, () => leaving.abort());
  const skipped: string[] = [];
  const so = { lines: 0, bytes: 0 };
  let toldAt = clock.ticks();
  const tell = () => {
    if (clock.ticks() - toldAt < progressMs) return;
    toldAt = clock.ticks();
    row.is(amountOf(so));
  };
  const batches = readWhole(session, {
    containers,
    since: save.since,
    signal: leaving.signal,
    onSkipped: (whose, reason) => skipped.push(`${whose} is left out: ${reason}`),
  });
  const sieve = save.filtered ? createSieve(view.get()) : undefined;
  const write = writtenAs(save.form);
  async function* texts() {
    for await (const batch of batches) {
      const lines = sieve ? sieve(batch) : batch;
      so.lines += lines.length;
      if (lines.length > 0) yield write(lines);
      tell();
    }
  }
  try {
    const saved = await host.save(save.target, texts(), {
      name: `${name}.log`,
      signal: leaving.signal,
      onPiece: (bytes) => {
        so.bytes += bytes;
      },
    });
    settle(session, entry, "done", { notes: skipped });
    const left = skipped.map((note) => ` ${note}`).join("");
    notify(
      session,
      left === "" ? "good" : "warn",
      `Saved ${amountOf(so)} of ${name} to ${saved.path}.${left}`,
    );
  } catch (error) {
    const problem = explain(error, session.engine.endpoint);
    const isCancelled = problem.kind === "cancelled";
    const reason = isCancelled ? `cancelled; ${nothingLeft}` : inFull(problem);
    settle(session, entry, "failed", { reason });
    notify(session, isCancelled ? "warn" : "bad", `${path} is not written: ${reason}`);
  } finally {
    row.over();
  }
}

function amountOf({ lines, bytes }: { lines: number; bytes: number }): string {
  return `${decimalSize(bytes)}, ${lines} ${lines === 1 ? "line" : "lines"}`;
}

/** The rows of all containers whose log it is as one. */
function createRow(session: Session, containers: readonly Container[], cancel: () => void) {
  const since = session.clock.now();
  const busyOf = ({ name }: Container, amount: string): Busy => ({
    ...{ name, label: doing, since, cancel, amount },
    background: true,
  });
  const rows = containers.map((container) => ({
    container,
    busy: beBusy(session, latest(session, container).id, busyOf(container, "0B")),
  }));
  return {
    is(amount: string) {
      for (const { container, busy } of rows) busy.is(busyOf(container, amount));
    },
    over() {
      for (const { busy } of rows) busy.over();
    },
  };
}

function commandOf(containers: readonly Container[], { target, since, form }: WholeSave): string {
  const flags = [
    ...(form.stamps ? ["--timestamps"] : []),
    ...(since === undefined ? [] : ["--since", new Date(since).toISOString()]),
  ];
  const each = containers.map(({ name }) => shellQuote(["docker", "logs", ...flags, name]));
  const all = each.length === 1 ? `${each[0]} 2>&1` : `(${each.join("; ")}) 2>&1`;
  return `${all} >${shellQuote([target])}`;
}
