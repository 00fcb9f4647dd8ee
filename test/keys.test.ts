import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { keyTables, withKeyTables } from "../scripts/keys.ts";
import type { TargetsAction } from "../src/actions/action.ts";
import { aimAt } from "../src/actions/aim.ts";
import { appKeys } from "../src/actions/app-keys.ts";
import { type Bound, bind } from "../src/actions/binding.ts";
import { createPlan } from "../src/actions/clean-up/open.ts";
import { containerActions } from "../src/actions/containers/containers.ts";
import { copyFileOut } from "../src/actions/containers/files/copy-files.ts";
import { createFolder } from "../src/actions/containers/files/files.ts";
import type { FileItem } from "../src/actions/containers/files/items.ts";
import { createLogSource, type LogItem } from "../src/actions/disk/logs.ts";
import { journalSource, record, settle } from "../src/actions/journal.ts";
import type { Overlay } from "../src/actions/overlays.ts";
import { isForm, type Question } from "../src/actions/question.ts";
import type { Session } from "../src/actions/session.ts";
import { undoStop } from "../src/actions/undo/undo-container.ts";
import type { FolderEntry, FolderReading } from "../src/docker/archive/folder-tally.ts";
import type { Container, ContainerState } from "../src/docker/containers.ts";
import type { Engine } from "../src/docker/engine.ts";
import type { Source } from "../src/docker/source.ts";
import { createStore } from "../src/docker/store.ts";
import { actionBindings } from "../src/hooks/action-bindings.ts";
import { diskKeys, planKeys } from "../src/hooks/clean-up/keys.ts";
import { filesKeys } from "../src/hooks/files/keys.ts";
import { fileKeys } from "../src/hooks/files/view-keys.ts";
import { dialogKeys, switchKeys } from "../src/hooks/form/dialog-keys.ts";
import { firstAsking } from "../src/hooks/form/form.ts";
import { journalKeys } from "../src/hooks/journal/keys.ts";
import { askColumns } from "../src/hooks/list/column-choice.ts";
import { toggleAll } from "../src/hooks/list/edits.ts";
import { listKeys } from "../src/hooks/list/keys.ts";
import { type AnyList, createList, type List } from "../src/hooks/list/list.ts";
import { createLogFeed } from "../src/hooks/log/feed.ts";
import { logKeys } from "../src/hooks/log/keys.ts";
import { pickKeys } from "../src/hooks/log/take/pick-keys.ts";
import { createLogView } from "../src/hooks/log/view.ts";
import { logFilesKeys } from "../src/hooks/log-files-keys.ts";
import { scrollKeys } from "../src/hooks/page/keys.ts";
import { createPage } from "../src/hooks/page/page.ts";
import { processKeys } from "../src/hooks/processes/keys.ts";
import { createProcessSource } from "../src/hooks/processes/source.ts";
import { createStatsFeed } from "../src/hooks/stats/feed.ts";
import { statsKeys } from "../src/hooks/stats/keys.ts";
import { createStatsView } from "../src/hooks/stats/view.ts";
import { changesKeys } from "../src/hooks/tree/changes-keys.ts";
import { jsonTree } from "../src/hooks/tree/json-tree.ts";
import { treeKeys } from "../src/hooks/tree/keys.ts";
import { createTree, createTreeState } from "../src/hooks/tree/tree.ts";
import { welcomeKeys } from "../src/hooks/welcome-keys.ts";
import { planScreen } from "../src/screens/clean-up/plan-screen.ts";
import { containersScreen } from "../src/screens/containers.ts";
import { diskScreen } from "../src/screens/disk/disk-screen.ts";
import { logFilesScreen } from "../src/screens/disk/log-files.ts";
import { filesScreen, folderScreen } from "../src/screens/files/files-screen.ts";
import { imagesScreen } from "../src/screens/images.ts";
import { journalScreen } from "../src/screens/journal.ts";
import { networksScreen } from "../src/screens/networks.ts";
import { processesScreen } from "../src/screens/processes.ts";
import { volumesScreen } from "../src/screens/volumes.ts";
import { rest } from "./fake-clock.ts";
import { containerOf, openSession } from "./fake-session.ts";
import { producibleKeys } from "./producible-keys.ts";

const states: ContainerState[] = ["created", "running", "paused", "restarting", "removing", "exited", "dead"];
const screens = [containersScreen, imagesScreen, networksScreen, volumesScreen] as const;
/** The plan of that session, with what it is made of loaded and looked at. */
async function openPlan(session: Session) {
  const plan = createPlan(session, { kind: undefined, ticked: false });
  plan.source.subscribe(() => {});
  const { images, networks, volumes } = session.sources;
  for (const source of [images, networks, volumes]) source.refresh(undefined);
  await rest();
  return plan;
}
const rows = Object.values(keyTables).flat();

/** Keys that mean "back" in whatever lies on top, before they mean "quit" or "clear" below it. */
const back = new Set(["esc", "q", "ctrl+c"]);

/** The layers of each place over a container in that state, uppermost first. */
async function places(state: ContainerState): Promise<Record<string, Bound[][]>> {
  const running = { processes: async () => [{ pid: 7, user: "root", command: "run" }] };
  const { session } = await openSession([containerOf({ name: "web", state })], { engine: running });
  const [container] = session.sources.containers.get().items as [Container];
  const app = bind(appKeys, { session, tabs: 5, reachable: () => [] });
  // In a view the digits are its own.
  const covered = { ...session, overlays: createStore<readonly Overlay[]>([{ kind: "journal" }]) };
  const over = bind(appKeys, { session: covered, tabs: 5, reachable: () => [] });
  const listLayer = <Item extends { id: string }>(list: List<Item>) => {
    list.settle();
    list.rest()();
    return [...actionBindings(list), ...bind(listKeys, { list: list as unknown as AnyList, page: () => 10 })];
  };
  const shown = await openPlan(session);
  const plan = createList(session, planScreen(shown));
  toggleAll(plan as unknown as AnyList);
  const disk = createList(session, diskScreen);
  const processSource = createProcessSource(session, container);
  processSource.subscribe(() => {});
  processSource.refresh(undefined);
  await rest();
  const processes = createList(session, processesScreen(container, processSource));
  settle(session, record(session, "docker stop web"), "done", { undo: undoStop(container) });
  const journal = createList(session, journalScreen(session, journalSource(session)));
  const logFiles = createList(session, logFilesScreen(logFilesOf(session)));
  const view = createLogView(createLogFeed(session, container));
  view.update((before) => ({ ...before, search: "x" }));
  const picking = createLogView(createLogFeed(session, container));
  picking.update((before) => ({ ...before, picked: { anchor: 0, head: 0, words: { anchor: 0, head: 0 } } }));
  const text = { state: createPage(), lines: ["x"], rows: 10, session, title: "text" };
  text.state.set((before) => ({ ...before, search: "x" }));
  const tree = createTree(jsonTree({ a: { b: 1 } }), createTreeState());
  tree.state.set((before) => ({ ...before, search: "b" }));
  const from = { ...createFolder(session, { container, path: "/" }), reading: () => readingOf("/etc") };
  const folder = createFolder(session, { container, path: "/etc", from });
  const files = createList(session, folderScreen(folder));
  const [file] = folder.source.get().items as [FileItem];
  const fileAim = createList(session, filesScreen(folder.source, [copyFileOut(container)]));
  return {
    files: [listLayer(files), bind(filesKeys, { list: files, folder, session }), app],
    file: [
      [
        ...actionBindings(fileAim),
        ...bind(fileKeys, { file, wraps: createStore(false), session }),
        ...bind(scrollKeys, text),
      ],
      app,
    ],
    ...Object.fromEntries(
      screens.map((screen) => [screen.id, [listLayer(createList(session, screen as never)), app]]),
    ),
    disk: [[...bind(diskKeys, { list: disk as unknown as AnyList, session }), ...listLayer(disk)], app],
    welcome: [bind(welcomeKeys, session), app],
    "log-files": [
      bind(logFilesKeys, { list: logFiles as unknown as AnyList, session }),
      listLayer(logFiles),
      app,
    ],
    logs: [bind(logKeys, { view, session }), over],
    "log-selection": [bind(pickKeys, { view: picking, session }), over],
    text: [bind(scrollKeys, text), app],
    tree: [bind(treeKeys, { tree, session, title: "tree", page: 10 }), app],
    changes: [
      [...bind(changesKeys, shown.source), ...bind(treeKeys, { tree, session, title: "tree", page: 10 })],
      app,
    ],
    stats: [
      [
        ...actionBindings(aimAt(session, containersScreen, container)).filter(({ id }) => id !== "stats"),
        ...bind(statsKeys, {
          view: createStatsView([createStatsFeed(session, container), createStatsFeed(session, container)]),
          session,
          room: 1,
        }),
      ],
      app,
    ],
    processes: [
      bind(processKeys, { list: processes as unknown as AnyList, session }),
      listLayer(processes),
      app,
    ],
    journal: [bind(journalKeys, { list: journal as unknown as AnyList, session }), listLayer(journal), app],
    plan: [bind(planKeys, { list: plan as unknown as AnyList, session }), listLayer(plan), app],
  };
}

/** A folder with a file, as a folder around it knows it. */
function readingOf(path: string): FolderReading {
  const entry: FolderEntry = {
    ...{ name: "hosts", path: `${path}/hosts`, kind: "file", size: 3, below: 0, mode: 0o644 },
    ...{ owner: undefined, modified: 0, target: undefined, complete: true },
  };
  const reading: FolderReading = {
    ...{ path, entries: [entry], size: 3, below: 1, state: "whole" },
    within: () => reading,
  };
  return reading;
}

/** The logs of its containers as large files that never rotate. */
function logFilesOf(session: Session): Source<LogItem> {
  const items = session.sources.containers.get().items.map(({ id, name, state }): LogItem => {
    const path = `/var/lib/docker/containers/${id}/${id}-json.log`;
    const keeper = { root: "/var/lib/docker", remembersLength: false };
    const place = { ...keeper, id, driver: "json-file", path, rotates: false };
    return { ...place, name, state, files: [{ path, size: 1e9 }], size: 1e9 };
  });
  return { ...createLogSource(session), get: () => ({ items, loadedAt: 0, loading: false }) };
}

function available(layer: readonly Bound[], key: string): string[] {
  return layer.filter((it) => it.keys.includes(key) && it.unavailable() === undefined).map(({ id }) => id);
}

describe.each(states)("over a container that is %s", (state) => {
  test("a key does one thing at most in each layer", async () => {
    for (const [place, layers] of Object.entries(await places(state)))
      for (const layer of layers)
        for (const key of layer.flatMap(({ keys }) => keys))
          expect(available(layer, key).length, `${key} in ${place}`).toBeLessThanOrEqual(1);
  });

  test("a layer takes no key from the one below but those that go back", async () => {
    for (const [place, layers] of Object.entries(await places(state)))
      for (const key of new Set(layers.flat().flatMap(({ keys }) => keys)))
        if (!back.has(key))
          expect(available(layers.flat(), key).length, `${key} in ${place}`).toBeLessThan(2);
  });
});

test("the places are those where keys do something", async () => {
  const { containers, plan } = await places("exited");
  const doable = (layers: Bound[][] = []) =>
    ["s", "d", "enter", "f"].map((key) => available(layers.flat(), key));
  expect(doable(containers)).toEqual([["start"], ["remove"], ["details"], ["files"]]);
  expect(doable(plan)).toEqual([[], [], ["remove-ticked"], ["rules"]]);
});

test("the switches of a dialog each have a key of their own, those of a form have none", async () => {
  const { session } = await openSession([]);
  for (const action of targetsActions()) {
    const fields = action.confirm?.fields ?? [];
    const question = { objects: [], fields } as unknown as Question;
    const place = { question, state: createStore(firstAsking(question)), session, visible: 5 };
    const switches = fields.flatMap((field) => (field.kind === "switch" ? [field.key] : []));
    if (isForm(question)) expect(switches.filter(Boolean), action.id).toEqual([]);
    else expect(switches.includes(undefined), action.id).toBe(false);
    const keys = [...dialogKeys, ...switchKeys(place)].flatMap((binding) => binding.keys);
    expect(new Set(keys).size, action.id).toBe(keys.length);
  }
});

test.each(screens.map((screen) => [screen.id, screen] as const))(
  "the columns of %s each have a key",
  async (_, screen) => {
    const { session } = await openSession([]);
    askColumns(createList(session, screen as typeof containersScreen) as unknown as AnyList);
    const top = session.overlays.get().at(-1);
    const fields = top?.kind === "question" ? top.question.fields : [];
    const keys = fields.map((field) => (field.kind === "switch" ? field.key : undefined) ?? "");
    expect(keys.filter((key) => !producibleKeys.has(key))).toEqual([]);
    const all = [...keys, ...dialogKeys.flatMap((binding) => binding.keys)];
    expect(new Set(all).size).toBe(all.length);
  },
);

test("Enter never answers a yes-or-no dialog", () => {
  expect(dialogKeys.find(({ keys }) => keys.includes("enter"))).toBeUndefined();
});

test("every id is there once", () => {
  const ids = rows.map(({ id }) => id);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});

test("every binding has words, and keys that a terminal can send", () => {
  for (const { id, label, help, keys } of rows) {
    expect(
      [label, help].every((text) => /\S/.test(text)),
      id,
    ).toBe(true);
    expect(
      keys.filter((key) => !producibleKeys.has(key)),
      id,
    ).toEqual([]);
  }
});

test("read-only leaves nothing that changes something, and says why", async () => {
  const { session } = await openSession([containerOf({ name: "web" })], { readOnly: true });
  for (const screen of [containersScreen, planScreen(await openPlan(session))]) {
    const list = createList(session, screen as typeof containersScreen);
    list.settle();
    const bound = new Map(actionBindings(list).map((binding) => [binding.id, binding]));
    for (const action of screen.actions) {
      const { id, changes } = action;
      if (action.on === "targets" && !action.background) expect(changes, id).toBe(true);
      if (changes) expect(bound.get(id)?.unavailable(), id).toContain("--read-only");
    }
  }
});

/** Verbs after which something is gone or was interrupted. */
const harmful = new Set(["stop", "restart", "kill", "remove", "disconnectNetwork", "killProcess"]);

test("whatever destroys or interrupts asks first", async () => {
  const asking: string[] = [];
  for (const action of targetsActions()) {
    const calls: string[] = [];
    const engine = new Proxy({} as Engine, {
      get: (_, verb) => async () => {
        calls.push(String(verb));
        return { deviceRates: [], ulimits: [], restart: { policy: "no" } };
      },
    });
    const run = {
      engine,
      answers: {},
      signal: AbortSignal.timeout(1000),
      waiting() {},
      note() {},
      progress() {},
      undoable() {},
    };
    await action.run(containerOf({ name: "web" }), run).catch(() => {});
    expect(calls.length, action.id).toBeGreaterThan(0);
    if (!calls.some((verb) => harmful.has(verb))) continue;
    asking.push(action.id);
    expect(action.confirm?.danger, action.id).toBe(true);
  }
  expect(asking).toEqual(expect.arrayContaining(["stop", "restart", "kill", "remove"]));
});

test("the clean-up plan asks before it removes, with what is lost for good", async () => {
  const { session } = await openSession([containerOf({ name: "old", state: "exited" })]);
  const plan = await openPlan(session);
  const remove = planScreen(plan).actions.find(({ id }) => id === "remove-ticked");
  if (remove?.on !== "rows") throw new Error("There is no such action.");
  remove.open(plan.source.get().items, session);
  const top = session.overlays.get().at(-1);
  expect(top).toMatchObject({ kind: "question", question: { danger: true, verb: "remove 1 object" } });
  expect(top?.kind === "question" && top.question.note).toContain("what was written inside them is lost");
});

test("the README's key tables are those of the code, and none is missing", () => {
  const readme = readFileSync("README.md", "utf8");
  expect(withKeyTables(readme)).toBe(readme);
  const named = [...readme.matchAll(/<!-- keys:([a-z-]+) -->/g)].map(([, name]) => name);
  expect(named.toSorted()).toEqual(Object.keys(keyTables).toSorted());
});

test("a table that does not exist is an error", () => {
  expect(() => withKeyTables("<!-- keys:nothing -->\n<!-- /keys -->")).toThrow("nothing");
});

function targetsActions(): TargetsAction<Container>[] {
  return containerActions.filter((action) => action.on === "targets");
}
