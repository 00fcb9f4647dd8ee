import { describe, expect, test } from "vitest";
import type { TargetsAction } from "../../src/actions/action.ts";
import { containerActions } from "../../src/actions/containers/containers.ts";
import { wait } from "../../src/actions/containers/inside.ts";
import { kill, pause, start, stop } from "../../src/actions/containers/states.ts";
import { begin, perform } from "../../src/actions/perform.ts";
import type { Question } from "../../src/actions/question.ts";
import type { Session } from "../../src/actions/session.ts";
import type { Container } from "../../src/docker/containers.ts";
import { containersScreen } from "../../src/screens/containers.ts";
import { rest } from "../fake-clock.ts";
import { containerOf, openSession } from "../fake-session.ts";

const remove = containerActions.find(({ id }) => id === "remove") as TargetsAction<Container>;
const web = containerOf({ name: "web", image: "shop/web:2" });
const db = containerOf({ name: "db" });
const old = containerOf({ name: "old", state: "exited" });

const question = (session: Session) => {
  const top = session.overlays.get().at(-1);
  return top?.kind === "question" ? top.question : undefined;
};
const asked = (session: Session) => question(session) as Question;
const journal = (session: Session) =>
  session.journal.get().map(({ command, outcome, reason = "" }) => `${outcome} ${command} ${reason}`.trim());

describe("begin", () => {
  test("asks before a stop: which, on which host, what goes with it, the docker command", async () => {
    const { session, calls } = await openSession([web, db]);
    begin(session, containersScreen, stop, { items: [web, db] });
    expect(asked(session)).toMatchObject({
      title: "Stop 2 containers on tcp://web-01:2375?",
      objects: ["web  web000000000  running  shop/web:2", "db  db0000000000  running  shop/web:1"],
      verb: "stop 2 containers",
      danger: true,
    });
    expect(asked(session).command?.({})).toBe("docker stop web db");
    expect(calls).toEqual([]);
    asked(session).answer({});
    await rest();
    expect(calls).toEqual(["stop web", "stop db"]);
  });

  test("does at once what needs no question", async () => {
    const { session, calls } = await openSession([old]);
    begin(session, containersScreen, start, { items: [old] });
    await rest();
    expect([question(session), calls]).toEqual([undefined, ["start old"]]);
    expect(session.notice.get()).toEqual({ tone: "good", text: "Started old." });
  });

  test("leaves alone what it does not apply to, and says how many", async () => {
    const { session } = await openSession([web, old]);
    begin(session, containersScreen, stop, { items: [web, old] });
    expect(asked(session).objects).toHaveLength(1);
    expect(asked(session).note).toBe("1 more cannot be stopped: left alone.");
  });

  test("says why where it applies to none, and that there is nothing", async () => {
    const { session } = await openSession([old]);
    begin(session, containersScreen, pause, { items: [old] });
    expect(session.notice.get()?.text).toBe("old: it is not running, it is exited.");
    begin(session, containersScreen, pause, { items: [] });
    expect(session.notice.get()?.text).toBe("There is no container to pause.");
    expect(session.overlays.get()).toEqual([]);
  });

  test("the answers go into the command and into the call", async () => {
    const given: unknown[] = [];
    const engine = { remove: async (...values: unknown[]) => void given.push(values[1]) };
    const { session } = await openSession([web], { engine });
    begin(session, containersScreen, remove, { items: [web] });
    const answers = { force: true, volumes: false };
    expect(asked(session).command?.(answers)).toBe("docker rm --force web");
    expect(asked(session).note).toContain("not removed unless force is on");
    asked(session).answer(answers);
    await rest();
    expect(given).toEqual([answers]);
  });

  test("what is being acted upon already is left in peace", async () => {
    const { session } = await openSession([web], { engine: { remove: () => new Promise<void>(() => {}) } });
    void perform(session, containersScreen, remove, [web]);
    begin(session, containersScreen, stop, { items: [web] });
    expect(session.notice.get()?.text).toBe("web: wait, it is removing (x stops waiting).");
    expect(session.overlays.get()).toEqual([]);
  });

  test("what will not stop can be killed meanwhile", async () => {
    const { session } = await openSession([web], { engine: { stop: () => new Promise<void>(() => {}) } });
    void perform(session, containersScreen, stop, [web]);
    begin(session, containersScreen, kill, { items: [web] });
    expect(session.overlays.get()).toHaveLength(1);
  });
});

describe("perform", () => {
  test("goes on with the rest when one fails, and reports which and why", async () => {
    const engine = {
      start: async (id: string) => {
        if (id.startsWith("b"))
          throw Object.assign(new Error("x"), { statusCode: 500, json: { message: "no space" } });
      },
    };
    const three = ["a", "b", "c"].map((name) => containerOf({ name, state: "exited" }));
    const { session } = await openSession(three, { engine });
    await perform(session, containersScreen, start, three);
    expect(session.notice.get()).toEqual({ tone: "bad", text: "Started 2; 1 failed: b: no space" });
    expect(journal(session)).toEqual([
      "done docker start a",
      "failed docker start b no space",
      "done docker start c",
    ]);
  });

  test("checks again just before: what vanished or changed is left alone", async () => {
    const { session, calls, containers, reload } = await openSession([web, db]);
    containers.splice(0, 2, containerOf({ name: "db", state: "exited" }));
    await reload();
    await perform(session, containersScreen, stop, [web, db]);
    expect(calls).toEqual([]);
    expect(journal(session)).toEqual([
      "failed docker stop web It is gone already.",
      "failed docker stop db it is not running, it is exited.",
    ]);
    expect(session.notice.get()?.text).toMatch(/^2 failed: web: It is gone already\. \(and 1 more/);
  });

  test("shows on the row what it waits for, and for how long at most", async () => {
    let done = () => {};
    const engine = { stop: () => new Promise<void>((resolve) => (done = resolve)) };
    const { session, clock } = await openSession([web], { engine });
    const performed = perform(session, containersScreen, stop, [web]);
    await rest();
    const now = clock.now();
    expect(session.busy.get().get(web.id)).toMatchObject({
      label: "stopping",
      since: now,
      until: now + 10_000,
    });
    expect(journal(session)).toEqual(["running docker stop web"]);
    done();
    await performed;
    expect(session.busy.get().size).toBe(1); // until the list shows it, or for half a second
    await clock.wind(500);
    await rest();
    expect(session.busy.get().size).toBe(0);
  });

  test("whoever stops waiting is told that the engine may go on", async () => {
    const engine = {
      stop: (_: string, __: number, signal?: AbortSignal) =>
        new Promise<void>((_resolve, reject) =>
          signal?.addEventListener("abort", () => reject(signal.reason)),
        ),
    };
    const { session } = await openSession([web], { engine });
    const performed = perform(session, containersScreen, stop, [web]);
    await rest();
    session.busy.get().get(web.id)?.cancel();
    await performed;
    expect(session.notice.get()?.text).toBe("web: you stopped waiting; the engine may still carry it out.");
    expect(session.busy.get().size).toBe(0);
  });

  test("waits for any number at once, and tells each end when it comes", async () => {
    const ends = new Map<string, (code: number) => void>();
    const engine = {
      wait: (id: string) => new Promise<number>((resolve) => void ends.set(id.replace(/0+$/, ""), resolve)),
    };
    const many = Array.from({ length: 8 }, (_, index) => containerOf({ name: `c${index}x` }));
    const { session } = await openSession(many, { engine });
    const performed = perform(session, containersScreen, wait, many);
    await rest();
    expect([...ends.keys()]).toEqual(many.map(({ name }) => name));
    ends.get("c6x")?.(3);
    await rest();
    expect(session.notice.get()?.text).toContain(
      "Waited for c6x. Exit code 3: ended with an error of its own.",
    );
    for (const end of ends.values()) end(0);
    await performed;
    expect(journal(session).filter((line) => line.startsWith("done"))).toHaveLength(8);
  });

  test("acts on five objects at a time", async () => {
    let most = 0;
    let now = 0;
    const engine = {
      async start() {
        most = Math.max(most, ++now);
        await rest();
        now -= 1;
      },
    };
    const many = Array.from({ length: 12 }, (_, index) =>
      containerOf({ name: `c${index + 10}`, state: "exited" }),
    );
    const { session } = await openSession(many, { engine });
    await perform(session, containersScreen, start, many);
    expect([most, session.notice.get()?.text]).toEqual([5, "Started 12."]);
  });
});
