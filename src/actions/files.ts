import { accountNames } from "../docker/archive/accounts.ts";
import type { FolderEntry, FolderReading } from "../docker/archive/folder-tally.ts";
import type { Container } from "../docker/containers.ts";
import type { Engine } from "../docker/engine.ts";
import { explain } from "../docker/errors.ts";
import { same } from "../docker/same.ts";
import type { Snapshot, Source } from "../docker/source.ts";
import { createStore } from "../docker/store.ts";
import type { Session } from "./session.ts";

/** One line of a folder of a container. */
export type FileItem = {
  id: string;
  container: Container;
  entry: FolderEntry;
  /** As the container's own accounts call it: "root", "www-data:adm", "1000"; empty before it is known. */
  owner: string;
};

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

type Names = { users: ReadonlyMap<number, string>; groups: ReadonlyMap<number, string> };

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
  let budget = firstBudget;
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
    store.set(({ problem: _, ...rest }) => ({ ...rest, loading: true }));
    try {
      accounts.names ??= await namesOf(engine, container.id, signal);
      const options = { signal, budget, known: container.mounts.map(({ target }) => target) };
      let shownAt = Number.NEGATIVE_INFINITY;
      for await (const reading of engine.readFolder(container.id, path, options)) {
        if (signal.aborted) return;
        if (reading.state === "reading" && clock.now() - shownAt < tellMs) continue;
        show(reading, before);
        shownAt = clock.now();
      }
    } catch (error) {
      if (signal.aborted) return;
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

/** While a folder is read again, what is not reached yet stands there as it was. */
function combined(before: readonly FolderEntry[], now: readonly FolderEntry[]): readonly FolderEntry[] {
  if (before.length === 0) return now;
  const left = new Map(before.map((entry) => [entry.path ?? entry.name, entry]));
  const fresh = now.map((entry) => {
    const key = entry.path ?? entry.name;
    const old = left.get(key);
    left.delete(key);
    return old && !entry.complete && old.size > entry.size ? { ...entry, size: old.size } : entry;
  });
  return [...fresh, ...left.values()];
}

/** Entries as rows; one that did not change stays the same object. */
function toItems(
  entries: readonly FolderEntry[],
  {
    items,
    container,
    path,
    names,
  }: { items: readonly FileItem[]; container: Container; path: string; names: Names | undefined },
): FileItem[] {
  const before = new Map(items.map((item) => [item.id, item]));
  const unnamed = new Map<string, number>();
  return entries.map((entry) => {
    const count = (unnamed.get(entry.name) ?? 0) + 1;
    if (entry.path === undefined) unnamed.set(entry.name, count);
    const id = `${container.id}:${entry.path ?? `${path}/${entry.name}/${count}`}`;
    const owner = ownerText(entry.owner, names);
    const old = before.get(id);
    return old && old.owner === owner && same(old.entry, entry) ? old : { id, container, entry, owner };
  });
}

function ownerText(owner: FolderEntry["owner"], names: Names | undefined): string {
  if (!owner) return "";
  const user = names?.users.get(owner.uid) ?? `${owner.uid}`;
  const group = names?.groups.get(owner.gid) ?? `${owner.gid}`;
  return user === group || (owner.uid === owner.gid && !names?.groups.has(owner.gid))
    ? user
    : `${user}:${group}`;
}

/** What a line of a folder is called: its path, where it has one. */
export function nameOf({ entry }: FileItem): string {
  return entry.path ?? entry.name;
}
