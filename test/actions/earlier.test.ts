import { expect, test } from "vitest";
import { recall } from "../../src/actions/earlier.ts";
import {
  type JournalItem,
  journalSource,
  markUndone,
  record,
  renew,
  settle,
} from "../../src/actions/journal.ts";
import type { JournalEntry } from "../../src/actions/journal-entry.ts";
import { type JournalKeeper, type KeptLine, readKept, whyNotKept } from "../../src/actions/journal-lines.ts";
import { begin } from "../../src/actions/perform.ts";
import type { Session } from "../../src/actions/session.ts";
import { fromSaved } from "../../src/actions/undo/saved.ts";
import { inWords, type SavedUndo, type Undo, undoOf, whyNoUndo } from "../../src/actions/undo/undo.ts";
import { undoAction } from "../../src/actions/undo/undo-action.ts";
import {
  undoConnect,
  undoDisconnect,
  undoPause,
  undoRename,
  undoStop,
  undoUnpause,
  undoUpdate,
} from "../../src/actions/undo/undo-container.ts";
import { undoRemoval } from "../../src/actions/undo/undo-removal.ts";
import { undoUntag } from "../../src/actions/undo/undo-untag.ts";
import { journalScreen } from "../../src/screens/journal.ts";
import { containerOf, openSession } from "../fake-session.ts";

const web = containerOf({ name: "web" });

/** A place that many runs keep their journals in, as text. */
function place() {
  const lines: string[] = [];
  const keeperOf = (run: string): JournalKeeper => ({
    run,
    write: (line: KeptLine) => void lines.push(JSON.stringify(line)),
    read: () => lines.map((line) => JSON.parse(line)),
    problem: () => undefined,
  });
  return { lines, keeperOf };
}

const inspect = (change: { Env?: string[]; Labels?: object } = {}) => ({
  ...{ Id: web.id, Name: "/web", Image: "sha256:1", Path: "run", Args: ["--verbose"] },
  Config: { Image: "shop/web:1", Env: ["PATH=/bin", "MODE=one"], ...change },
  HostConfig: { NetworkMode: "bridge" },
  NetworkSettings: { Networks: { bridge: {} } },
});

const commands = ({ journal }: Session) => journal.get().map(({ command, outcome }) => [command, outcome]);
const newest = ({ journal }: Session) => journal.get().at(-1) as JournalEntry;

test("a later run of dockui shows what was done, and undoes it while it can be done", async () => {
  const { keeperOf } = place();
  const first = await openSession([web], { keeper: keeperOf("one") });
  settle(first.session, record(first.session, "docker stop web"), "done", { undo: undoStop(web) });
  settle(first.session, record(first.session, "docker rm db"), "failed", { reason: "no", notes: ["a"] });
  record(first.session, "docker pull x");

  const { session, calls } = await openSession([web], { keeper: keeperOf("two") });
  record(session, "docker start web");
  recall(session);
  expect(commands(session)).toEqual([
    ["docker stop web", "done"],
    ["docker rm db", "failed"],
    ["docker pull x", "failed"],
    ["docker start web", "running"],
  ]);
  expect(session.journal.get()[2]?.reason).toContain("how it ended is not known");
  const source = journalSource(session);
  const [item] = source.get().items as JournalItem[];
  begin(session, journalScreen(session, source), undoAction(session), { items: item ? [item] : [] });
  const top = session.overlays.get().at(-1);
  if (top?.kind !== "question") throw new Error("it does not ask");
  top.question.answer({});
  await expect.poll(() => calls).toEqual(["start web"]);
  await expect.poll(() => session.journal.get()[0]?.undone).toBe(true);

  const third = await openSession([web], { keeper: keeperOf("three") });
  recall(third.session);
  expect(whyNoUndo(third.session.journal.get()[0] as JournalEntry)).toBe("it was undone already.");
  expect(newest(third.session)).toMatchObject({ outcome: "done", notes: ["web is started again."] });
});

test("looked at again, the entries of others are the same rows, with what was added beside", async () => {
  const { keeperOf } = place();
  const [one, two] = [
    await openSession([], { keeper: keeperOf("one") }),
    await openSession([], { keeper: keeperOf("two") }),
  ];
  record(one.session, "docker stop a");
  recall(two.session);
  record(two.session, "docker stop b");
  const before = two.session.journal.get().map(({ id }) => id);
  record(one.session, "docker stop c");
  recall(two.session);
  const after = two.session.journal.get().map(({ id, command }) => [id, command]);
  expect(after).toHaveLength(3);
  expect(new Set(after.map(([id]) => id)).size).toBe(3);
  expect(after).toContainEqual([before[0], "docker stop a"]);
  expect(after.at(-1)).toEqual([before[1], "docker stop b"]);
});

test("no secrets are written down: not those of commands, nor those of a removed container", async () => {
  const { lines, keeperOf } = place();
  const { session } = await openSession([web], { keeper: keeperOf("one") });
  settle(session, record(session, "docker run -e 'TOKEN=hush hush' -e MODE=one web"), "failed", {
    reason: "tcp://me:hush@host is not there",
  });
  const secret = undoRemoval(inspect({ Env: ["PASSWORD=hush"] }), { running: true });
  settle(session, record(session, "docker rm web"), "done", { undo: secret });
  expect(whyNotKept(secret)).toMatch(/only the dockui that did it could undo it/);
  // This run can.
  expect(undoOf(newest(session))).toBe(secret);
  expect(lines.join("\n")).not.toContain("hush");
  expect(lines.join("\n")).toContain("MODE=one");

  const later = await openSession([web], { keeper: keeperOf("two") });
  recall(later.session);
  expect(whyNoUndo(newest(later.session))).toMatch(/^its settings may hold secrets, which are not written/);
});

test("what is too long is not written down either", async () => {
  const { lines, keeperOf } = place();
  const { session } = await openSession([web], { keeper: keeperOf("one") });
  const undo = undoRemoval(inspect({ Labels: { text: "a b ".repeat(50_000) } }), { running: false });
  settle(session, record(session, `docker rm ${"web ".repeat(9_000)}`), "done", {
    undo,
    notes: Array.from({ length: 500 }, () => "left out ".repeat(500)),
  });
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(8_000);
  expect(whyNotKept(undo)).toMatch(/^its settings are too long/);
});

test("every undo is the same again after it was written down", () => {
  const net = { id: "n", name: "net" };
  const limits = { change: { memory: 1 }, said: ["--memory", "1"], left: ["Swap"] };
  const all: (Undo | string)[] = [
    ...[undoStop, undoPause, undoUnpause].map((undo) => undo(web)),
    undoRename(web, "old"),
    undoConnect(web, net),
    undoDisconnect(web, net, inspect()),
    undoUpdate(web, limits),
    undoUntag("sha256:1", ["a:1", "b:1"]),
    undoRemoval(inspect(), { running: true, volumes: true }),
  ];
  for (const undo of all) {
    if (typeof undo === "string") throw new Error(undo);
    const again = fromSaved(JSON.parse(JSON.stringify(undo.saved)) as SavedUndo);
    if (typeof again === "string") throw new Error(again);
    expect(inWords(again)).toBe(inWords(undo));
    expect(again.command).toBe(undo.command);
    expect(again.saved).toEqual(JSON.parse(JSON.stringify(undo.saved)));
    expect(whyNotKept(undo)).toBeUndefined();
  }
});

test("a container that was created again is found by a later run", async () => {
  const { keeperOf } = place();
  const first = await openSession([web], { keeper: keeperOf("one") });
  renew(first.session, "before", web.id);
  const { session } = await openSession([web], { keeper: keeperOf("two") });
  recall(session);
  expect(session.renewed.get().get("before")).toBe(web.id);
});

test("what was done on another engine at this address is not undone on this one", async () => {
  const { keeperOf } = place();
  const { session } = await openSession([web], { keeper: keeperOf("one") });
  const entry = { ...record(session, "docker stop web"), outcome: "done", engine: "other" } as const;
  const action = undoAction(session);
  const item = { id: "1", entry: { ...entry, undo: undoStop(web) } };
  expect(action.unavailable(item, session)).toBe("which engine this is is not known yet.");
  Object.assign(session.connection, { get: () => ({ kind: "live", about: { id: "this" } }) });
  expect(action.unavailable(item, session)).toBe("it was done on another engine.");
  expect(action.unavailable({ ...item, entry: { ...item.entry, engine: "this" } }, session)).toBeUndefined();
});

test("lines that are none, or of a later dockui, are left out or say so", () => {
  const good = { key: "1", at: 5, command: "x", outcome: "done" };
  const bad = [
    null,
    1,
    "x",
    {},
    [],
    { ...good, at: "5" },
    { ...good, outcome: "?" },
    { ...good, notes: [1] },
  ];
  expect(readKept([...bad, good, { renewed: ["a"] }, { renewed: ["a", "b"] }])).toEqual({
    entries: [good],
    renewed: [["a", "b"]],
  });
  for (const saved of [
    { by: "constructor", with: [] },
    { by: "later", with: [] },
    { by: "stop", with: 5 },
    { by: "stop", with: [] },
    {},
  ])
    expect(fromSaved(saved as never), JSON.stringify(saved)).toBe("what was kept of it cannot be read.");
});

test("that it was undone is kept of an entry of this run, and of one before", async () => {
  const { keeperOf } = place();
  const { session } = await openSession([web], { keeper: keeperOf("one") });
  const entry = record(session, "docker pause web");
  settle(session, entry, "done", { undo: undoPause(web) });
  markUndone(session, entry);
  const later = await openSession([web], { keeper: keeperOf("two") });
  recall(later.session);
  expect(newest(later.session)).toMatchObject({ undone: true, earlier: true });
});
