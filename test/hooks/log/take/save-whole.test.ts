import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import type { Engine } from "../../../../src/docker/engine.ts";
import type { LogLine } from "../../../../src/docker/logs.ts";
import { createLogFeed } from "../../../../src/hooks/log/feed.ts";
import { saveWhole, savingOf, type WholeSave } from "../../../../src/hooks/log/take/save-whole.ts";
import { createLogView } from "../../../../src/hooks/log/view.ts";
import { containerOf, openSession } from "../../../fake-session.ts";

const lineOf = (text: string, stamp = "2026-11-21T10:00:00.000000000Z"): LogLine => ({
  stamp,
  stream: "out",
  text,
});

const form = { as: "plain", stamps: false, names: true } as const;

/** A log that gives a batch when it is told to, or fails. */
function tap() {
  const given: (() => Promise<readonly LogLine[] | undefined>)[] = [];
  let wake = () => {};
  let idle = () => {};
  const put = (next: () => Promise<readonly LogLine[] | undefined>) => {
    given.push(next);
    wake();
  };
  return {
    give: (...texts: string[]) => put(async () => texts.map((text) => lineOf(text))),
    giveLine: (line: LogLine) => put(async () => [line]),
    end: () => put(async () => undefined),
    /** Resolves when all that was given is taken, and more is asked for. */
    taken: () => new Promise<void>((resolve) => (idle = resolve)),
    fail: (error: Error) => put(() => Promise.reject(error)),
    async *log(_: unknown, __: unknown, signal: AbortSignal): AsyncGenerator<readonly LogLine[]> {
      signal.addEventListener("abort", () => put(() => Promise.reject(signal.reason as Error)));
      for (;;) {
        const next = given.shift();
        if (!next) idle();
        if (!next) await new Promise<void>((resolve) => (wake = resolve));
        const lines = await next?.();
        if (next && !lines) return;
        if (lines) yield lines;
      }
    },
  };
}

type Tap = ReturnType<typeof tap>;

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "dockui-save-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
});

async function opened(taps: Record<string, Tap>) {
  const all = Object.keys(taps).map((name) => containerOf({ name }));
  const engine = {
    detail: (async () => ({ tty: false })) as unknown as Engine["detail"],
    log: ((container, range, signal) =>
      taps[container.id.replace(/0+$/, "")]?.log(container, range, signal)) as Engine["log"],
  } satisfies Partial<Engine>;
  const { session, clock } = await openSession(all, { engine });
  const [first = containerOf({ name: "none" })] = all;
  const place = { view: createLogView(createLogFeed(session, first)), session, containers: all };
  const save = (change: Partial<WholeSave> = {}) =>
    saveWhole(place, { target: join(folder, "x.log"), since: undefined, form, filtered: false, ...change });
  const notice = () => session.notice.get()?.text;
  return { session, clock, place, save, notice };
}

test("a save says how far it is, and is whole when it has its name", async () => {
  const web = tap();
  const { place, save, notice, clock, session } = await opened({ web });
  const begun = web.taken();
  const saved = save();
  web.give("one", "two");
  await begun;
  expect(savingOf(place)?.amount).toBe("0B");
  await clock.wind(250);
  const went = web.taken();
  web.give("three");
  await went;
  expect(savingOf(place)?.amount).toBe("14B, 3 lines");
  expect(readdirSync(folder)).toEqual([expect.stringMatching(/^\.dockui-part-/)]);
  web.end();
  await saved;
  expect(savingOf(place)).toBeUndefined();
  expect(notice()).toBe(`Saved 14B, 3 lines of web to ${join(folder, "x.log")}.`);
  expect(readFileSync(join(folder, "x.log"), "utf8")).toBe("one\ntwo\nthree\n");
  expect(session.journal.get().at(-1)).toMatchObject({ outcome: "done" });
});

test("cancelled in the middle it leaves nothing behind", async () => {
  const web = tap();
  const { place, save, notice, session } = await opened({ web });
  const begun = web.taken();
  const saved = save();
  web.give("one");
  await begun;
  savingOf(place)?.cancel();
  await saved;
  expect(notice()).toBe(`${join(folder, "x.log")} is not written: cancelled; nothing of it is left behind.`);
  expect(readdirSync(folder)).toEqual([]);
  expect(session.journal.get().at(-1)).toMatchObject({ outcome: "failed" });
});

test.each([
  [
    "the connection breaks",
    Object.assign(new Error("aborted"), { code: "ECONNRESET" }),
    "The connection to tcp://web-01:2375 broke.",
  ],
  [
    "the disk is full",
    Object.assign(new Error("full"), { code: "ENOSPC" }),
    "There is no space left on the disk of",
  ],
])("when %s in the middle there is no file, and why is told", async (_, error, words) => {
  const web = tap();
  const { save, notice } = await opened({ web });
  const begun = web.taken();
  const saved = save();
  web.give("one");
  await begun;
  web.fail(error);
  await saved;
  expect(notice()).toContain("x.log is not written:");
  expect(notice()).toContain(words);
  expect(readdirSync(folder)).toEqual([]);
});

test("where the engine itself says that it cannot read on, the log is not whole", async () => {
  const web = tap();
  const { save, notice } = await opened({ web });
  const saved = save();
  web.give("one");
  // As it comes: without a stamp, so that its first word is taken for one.
  web.giveLine({ stamp: "Error", stream: "err", text: "grabbing logs: invalid character 'x'" });
  await saved;
  expect(notice()).toContain("not written: The engine cannot read on in the log: invalid character 'x'.");
  expect(readdirSync(folder)).toEqual([]);
});

test("of several a broken one is named, and nothing is written", async () => {
  const [web, db] = [tap(), tap()];
  const { save, notice } = await opened({ web, db });
  const saved = save();
  web.give("one");
  web.end();
  db.give("two");
  db.fail(Object.assign(new Error("aborted"), { code: "ECONNRESET" }));
  await saved;
  expect(notice()).toContain("not written: db: The connection");
  expect(readdirSync(folder)).toEqual([]);
});

test("a folder that is not there, and a file that came meanwhile, are told", async () => {
  const web = tap();
  const { save, notice } = await opened({ web });
  await save({ target: join(folder, "none", "x.log") });
  expect(notice()).toContain(`There is no folder ${join(folder, "none")} here.`);
  const saved = save({ target: folder });
  web.give("one");
  web.end();
  await saved;
  expect(readFileSync(join(folder, "web.log"), "utf8")).toBe("one\n");
  await save({ target: folder });
  expect(notice()).toContain("web.log exists already.");
});

test("only what is shown is saved where that is wanted", async () => {
  const web = tap();
  const { place, save } = await opened({ web });
  place.view.update((state) => ({ ...state, streams: "err" }));
  const saved = save({ filtered: true });
  web.give("one");
  web.end();
  await saved;
  expect(readFileSync(join(folder, "x.log"), "utf8")).toBe("");
});
