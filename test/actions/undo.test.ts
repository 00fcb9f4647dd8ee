import { expect, test } from "vitest";
import type { TargetsAction } from "../../src/actions/action.ts";
import { type JournalItem, journalSource, record, settle } from "../../src/actions/journal.ts";
import type { JournalEntry } from "../../src/actions/journal-entry.ts";
import { begin, perform } from "../../src/actions/perform.ts";
import type { Session } from "../../src/actions/session.ts";
import { inWords, undoOf, whyNoUndo } from "../../src/actions/undo/undo.ts";
import { undoAction } from "../../src/actions/undo/undo-action.ts";
import { undoUpdate } from "../../src/actions/undo/undo-container.ts";
import { undoRemoval } from "../../src/actions/undo/undo-removal.ts";
import type { Container } from "../../src/docker/containers.ts";
import { containersScreen } from "../../src/screens/containers.ts";
import { journalScreen } from "../../src/screens/journal.ts";
import { rest } from "../fake-clock.ts";
import { containerOf, openSession } from "../fake-session.ts";

const web = containerOf({ name: "web" });
const way = { what: "web is back.", run: async () => "web is back." };

const touch = (run: TargetsAction<Container>["run"]): TargetsAction<Container> => ({
  ...{
    id: "touch",
    on: "targets",
    keys: [],
    label: "touch",
    help: "Touch",
    doing: "touching",
    done: "touched",
  },
  unavailable: () => undefined,
  command: (names) => `docker touch ${names.join(" ")}`,
  run,
});

const entries = (session: Session) => session.journal.get();
const newest = (session: Session) => entries(session).at(-1) as JournalEntry;
const items = (session: Session, source = journalSource(session)) => source.get().items as JournalItem[];

test("what an action says of its undo is kept with its entry", async () => {
  const db = containerOf({ name: "db" });
  const { session } = await openSession([web, db]);
  const says = (undo: typeof way | string) => touch(async (_, { undoable }) => undoable(undo));
  await perform(session, containersScreen, says(way), [web]);
  expect(undoOf(newest(session))).toBe(way);
  await perform(session, containersScreen, says("it is for ever."), [db]);
  expect(undoOf(newest(session))).toBeUndefined();
  expect(whyNoUndo(newest(session))).toBe("it is for ever.");
});

test("not when it failed, but when one only did not wait for it", async () => {
  const db = containerOf({ name: "db" });
  const { session } = await openSession([web, db]);
  const fails = touch(async (_, { undoable }) => {
    undoable(way);
    throw new Error("no");
  });
  await perform(session, containersScreen, fails, [web]);
  expect(newest(session)).toMatchObject({ outcome: "failed", reason: "no" });
  expect(whyNoUndo(newest(session))).toBe("it failed.");
  const waits = touch(async (_, { undoable, signal }) => {
    undoable(way);
    for (const { cancel } of session.busy.get().values()) cancel();
    signal.throwIfAborted();
  });
  await perform(session, containersScreen, waits, [db]);
  expect(newest(session).outcome).toBe("failed");
  expect(undoOf(newest(session))).toBe(way);
});

test("several are undone one after the other, the newest first, and the rest go on when one fails", async () => {
  const { session } = await openSession([]);
  const order: string[] = [];
  let running = 0;
  for (const name of ["a", "b", "c"])
    settle(session, record(session, name), "done", {
      undo: {
        what: `${name} is back.`,
        lost: "Something is lost.",
        async run() {
          running += 1;
          await rest();
          order.push(`${name} ${running}`);
          running -= 1;
          if (name === "b") throw new Error("b stays.");
          return `${name} was brought back.`;
        },
      },
    });
  const source = journalSource(session);
  const screen = journalScreen(session, source);
  begin(session, screen, undoAction(session), { items: items(session, source) });
  const top = session.overlays.get().at(-1);
  if (top?.kind !== "question") throw new Error("it does not ask");
  expect(top.question).toMatchObject({
    objects: ["c", "b", "a"],
    note: "c is back. b is back. a is back. Something is lost.",
  });
  expect(top.question.command?.({})).toBe("# undo: c; # undo: b; # undo: a");
  top.question.answer({});
  await expect.poll(() => entries(session).filter(({ outcome }) => outcome !== "running")).toHaveLength(6);
  expect(order).toEqual(["c 1", "b 1", "a 1"]);
  expect(entries(session).map(({ undone }) => undone === true)).toEqual([
    true,
    false,
    true,
    false,
    false,
    false,
  ]);
  expect(entries(session).map(({ reason, notes }) => reason ?? notes?.[0])).toEqual([
    undefined,
    undefined,
    undefined,
    "c was brought back.",
    "b stays.",
    "a was brought back.",
  ]);
});

test("the rows of the journal stay the same objects until their entries change", async () => {
  const { session } = await openSession([]);
  const source = journalSource(session);
  const first = record(session, "docker stop a");
  record(session, "docker stop b");
  const [a, b] = items(session, source);
  settle(session, first, "done");
  const [nowA, nowB] = items(session, source);
  expect(nowA).not.toBe(a);
  expect(nowB).toBe(b);
  expect(source.get()).toBe(source.get());
});

test("each kind of entry that cannot be undone says why", () => {
  const entry = { id: 1, key: "1", at: 0, command: "docker rmi a", outcome: "done" } as const;
  expect(whyNoUndo(entry)).toMatch(/^what was removed is gone: images, networks, volumes and build cache/);
  for (const command of [
    "docker volume rm v",
    "docker network rm n",
    "docker builder prune",
    "docker image rm a",
  ])
    expect(whyNoUndo({ ...entry, command }), command).toMatch(/^what was removed is gone/);
  expect(whyNoUndo({ ...entry, command: "docker pull rmi" })).toBe("there is no way back from it.");
  expect(whyNoUndo({ ...entry, outcome: "running" })).toBe("it is being done.");
  expect(whyNoUndo({ ...entry, outcome: "failed" })).toBe("it failed.");
  expect(whyNoUndo({ ...entry, undo: way, undone: true })).toBe("it was undone already.");
  expect(whyNoUndo({ ...entry, undo: way })).toBeUndefined();
});

test("the way back from a removal says exactly what it does, with names that cannot harm", () => {
  const inspect = { Id: "1", Name: "/web", Config: { Image: "shop/\u001b[2Jweb:1" } };
  const undo = undoRemoval(inspect, { running: true, volumes: true });
  expect(inWords(undo)).toBe(
    "web is created again from its settings, and started. " +
      "What was written inside it and in its anonymous volumes is lost.",
  );
  expect(undo.command).not.toContain("\u001b");
});

test("limits that were none cannot be undone", () => {
  const undo = undoUpdate(web, { change: {}, said: [], left: ["Memory"] });
  expect(undo).toBe("Memory: no limit was there before, and the engine takes none away.");
});
