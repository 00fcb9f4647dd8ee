import { accountNames } from "../../../docker/archive/accounts.ts";
import type { FolderEntry, FolderReading } from "../../../docker/archive/folder-tally.ts";
import type { Container } from "../../../docker/containers.ts";
import type { Engine } from "../../../docker/engine.ts";
import { explain } from "../../../docker/errors.ts";
import type { Snapshot, Source } from "../../../docker/source.ts";
import { createStore } from "../../../docker/store.ts";
import type { Session } from "../../session.ts";
import { combined, type FileItem, type Names, toItems } from "./items.ts";

/** A folder of a container, read while somebody looks at it. */
export type Folder = {
  container: Container;
  path: string;
  source: Source<FileItem>;
  /** What is known of it; undefined before anything is. */
  reading(): FolderReading | undefined;
  /** So many bytes are read at most. */
  budget(): number;
  /** Reads it unless that was done; the answer stops, since the engine keeps the container from others meanwhile. */
  watch(): () => void;
  /** Keeps from reading until the answer is called: the engine answers nothing else of the container meanwhile. */
  pause(): () => void;
  /** Reads again with four times the budget. */
  readOn(): void;
  accounts: Accounts;
};

/** The accounts of a container, read once for all of its folders. */
type Accounts = { names?: Names };

/** Folders tell what is new so often at most, in ms. */
const tellMs = 200;

const firstBudget = 256 << 20;

/** A folder that nobody looks at yet; what another one has already read of it needs no reading. */
export function createFolder(
  session: Session,
  { container, path, from }: { container: Container; path: string; from?: Folder | undefined },
): Folder {
  const { clock, engine, connection } = session;
  const accounts = from?.accounts ?? {};
  const store = createStore<Snapshot<FileItem>>({ items: [], loading: false });
  let known: FolderReading | undefined;
  let budget = from?.budget() ?? firstBudget;
  let watchers = 0;
  let pauses = 0;
  let running: AbortController | undefined;

  const isRead = () => known !== undefined && known.state !== "reading";

  function show(reading: FolderReading, before: readonly FolderEntry[]): void {
    known = reading;
    const entries = reading.state === "reading" ? combined(before, reading.entries) : reading.entries;
    store.set(({ items, loadedAt }) => {
      const told = entries.length > 0 || reading.state !== "reading";
      return {
        items: toItems(entries, { items, container, path, names: accounts.names }),
        loading: reading.state === "reading",
        ...(told ? { loadedAt: clock.now() } : loadedAt === undefined ? {} : { loadedAt }),
      };
    });
  }

  async function read(signal: AbortSignal): Promise<void> {
    const before = known?.entries ?? [];
    const tell = seldom<FolderReading>(clock, (reading) => !signal.aborted && show(reading, before));
    store.set(({ problem: _, ...rest }) => ({ ...rest, loading: true }));
    try {
      accounts.names ??= await namesOf(engine, container.id, signal);
      const options = { signal, budget, known: container.mounts.map(({ target }) => target) };
      for await (const reading of engine.readFolder(container.id, path, options)) {
        if (signal.aborted) return;
        tell(reading);
      }
      tell.flush();
    } catch (error) {
      if (signal.aborted) return;
      tell.flush();
      const problem = explain(error, engine.endpoint);
      store.set((last) => ({ ...last, loading: false, problem }));
    }
  }

  function start(): void {
    if (running || watchers === 0 || pauses > 0 || isRead()) return;
    const mine = new AbortController();
    running = mine;
    void read(mine.signal).finally(() => {
      if (running === mine) running = undefined;
    });
  }

  function stop(): void {
    running?.abort();
    running = undefined;
    store.set((last) => (last.loading ? { ...last, loading: false } : last));
  }

  function again(): void {
    stop();
    if (known) known = { ...known, state: "reading" };
    start();
  }

  const inherited = from?.reading()?.within(path);
  if (inherited) show(inherited, []);
  return {
    container,
    path,
    accounts,
    source: { get: store.get, subscribe: store.subscribe, refresh: again },
    reading: () => known,
    budget: () => budget,
    watch() {
      watchers += 1;
      start();
      const unfollow = connection.subscribe(() => {
        if (connection.get().kind === "live" && store.get().problem) start();
      });
      return () => {
        unfollow();
        watchers -= 1;
        if (watchers === 0) stop();
      };
    },
    pause() {
      pauses += 1;
      stop();
      return () => {
        pauses -= 1;
        start();
      };
    },
    readOn() {
      budget *= 4;
      again();
    },
  };
}

/** Hands on the first value at once and later ones at most every `tellMs`, the last one always. */
function seldom<Value>(clock: Session["clock"], hand: (value: Value) => void) {
  let waiting: { value: Value } | undefined;
  let timer: (() => void) | undefined;
  const flush = () => {
    timer?.();
    timer = undefined;
    const now = waiting;
    waiting = undefined;
    if (now) hand(now.value);
  };
  const rest = () => {
    timer = clock.after(tellMs, () => {
      timer = undefined;
      if (!waiting) return;
      flush();
      rest();
    });
  };
  const tell = (value: Value) => {
    waiting = { value };
    if (timer) return;
    flush();
    rest();
  };
  return Object.assign(tell, { flush });
}

/** Who the numbers are; a container without such files has numbers only. */
async function namesOf(engine: Engine, id: string, signal: AbortSignal): Promise<Names> {
  const read = async (path: string) => {
    const file = await engine.readFile(id, path, 1 << 20, signal).catch(() => undefined);
    signal.throwIfAborted();
    return accountNames(file?.bytes.toString("utf8") ?? "");
  };
  const [users, groups] = await Promise.all([read("/etc/passwd"), read("/etc/group")]);
  return { users, groups };
}
