import { expect, test } from "vitest";
import { start } from "../../src/actions/containers/states.ts";
import { openOutput, type Work } from "../../src/actions/output.ts";
import { perform } from "../../src/actions/perform.ts";
import { giveUp, quit } from "../../src/actions/quit.ts";
import type { Session } from "../../src/actions/session.ts";
import { containersScreen } from "../../src/screens/containers.ts";
import { rest } from "../fake-clock.ts";
import { containerOf, openSession } from "../fake-session.ts";

const untilAborted: Work = (_, signal) =>
  new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason)));

function withQuit(session: Session): { session: Session; quits: () => number } {
  const quits: true[] = [];
  const host = { ...session.host, quit: () => void quits.push(true) };
  return { session: { ...session, host }, quits: () => quits.length };
}

test("quits at once when nothing would be cut short", async () => {
  const old = containerOf({ name: "old", state: "exited" });
  const opened = await openSession([old], { engine: { start: () => new Promise<void>(() => {}) } });
  const { session, quits } = withQuit(opened.session);
  void perform(session, containersScreen, start, [old]); // the engine carries it out by itself
  await rest();
  quit(session);
  expect([quits(), session.overlays.get()]).toEqual([1, []]);
});

test("asks while a command runs, naming it, and quits only at yes", async () => {
  const opened = await openSession([]);
  const { session, quits } = withQuit(opened.session);
  openOutput(session, { title: "sleep in web", command: "docker exec web sleep 9", work: untilAborted });
  quit(session);
  const top = session.overlays.get().at(-1);
  if (top?.kind !== "question") throw new Error("no question");
  expect([quits(), top.question.objects, top.question.danger]).toEqual([0, ["sleep in web"], true]);
  top.question.answer({});
  expect(quits()).toBe(1);
});

test("giving up cancels what is being done, and is over when that was put in order", async () => {
  const { session } = await openSession([]);
  openOutput(session, { title: "sleep in web", command: "docker exec web sleep 9", work: untilAborted });
  await giveUp(session, 1000);
  expect(session.journal.get().map(({ outcome }) => outcome)).toEqual(["failed"]);
});

test("giving up waits no longer than it may for what does not end", async () => {
  const { session, clock } = await openSession([]);
  openOutput(session, { title: "stuck", command: "docker pull x", work: () => new Promise(() => {}) });
  let over = false;
  const done = giveUp(session, 1000).then(() => {
    over = true;
  });
  await clock.wind(900);
  await rest();
  expect(over).toBe(false);
  await clock.wind(200);
  await done;
  expect(over).toBe(true);
});

test("nothing to give up takes no time", async () => {
  const { session } = await openSession([]);
  await giveUp(session, 1000);
});
