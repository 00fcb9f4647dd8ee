import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import type { RowsAction } from "../../src/actions/action.ts";
import { composeActions } from "../../src/actions/containers/compose.ts";
import { start, stop } from "../../src/actions/containers/states.ts";
import { begin } from "../../src/actions/perform.ts";
import type { Question } from "../../src/actions/question.ts";
import type { Container } from "../../src/docker/containers.ts";
import { unix } from "../../src/docker/endpoint.ts";
import { createList } from "../../src/hooks/list/list.ts";
import { containersScreen } from "../../src/screens/containers.ts";
import { build } from "./builds.ts";
import { closeDesks, type Desk, openDesk, removeAll, until } from "./desk.ts";
import { describeEngine, sharedEngine } from "./engine-test.ts";

const folders: string[] = [];

/** The command that the tests compare with; `DOCKUI_ENGINE=required` makes its absence a failure. */
function composeUnavailable(): boolean {
  const { status } = spawnSync("docker", ["compose", "version"], { stdio: "ignore" });
  if (status === 0 || process.env.DOCKUI_ENGINE === "required") return false;
  console.warn("The tests of compose projects are skipped: docker compose is not installed.");
  return true;
}

(composeUnavailable() ? describeEngine.skip : describeEngine)("compose projects", () => {
  const engine = sharedEngine();
  afterEach(async () => {
    await closeDesks();
    await removeAll(engine);
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  });

  /** A project of two services, one of them with two containers, brought up by the docker command itself. */
  async function project(): Promise<{ folder: string; desk: Desk }> {
    const folder = mkdtempSync(join(tmpdir(), "dockui-compose-"));
    folders.push(folder);
    writeFileSync(join(folder, "compose.yml"), composeFile);
    await engine.docker("compose", "-f", join(folder, "compose.yml"), "-p", "shop", "up", "-d");
    const desk = openDesk(unix(engine.socketPath));
    await desk.container("shop-db-2");
    await desk.container("shop-web-1");
    return { folder, desk };
  }

  test("stand under their project and services, and a heading is acted upon as a whole", async () => {
    const { desk } = await project();
    await engine.docker("run", "-d", "--name", "alone", "dockui-test/busybox", "sleep", "1000");
    await desk.container("alone");
    const list = createList(desk.session, containersScreen);
    list.update((state) => ({ ...state, grouped: true }));
    const rows = list
      .rows()
      .map(
        (row) => `${"  ".repeat(row.level)}${row.kind === "group" ? `[${row.path.at(-1)}]` : row.item.name}`,
      );
    expect(rows).toEqual(["alone", "[shop]", "  [db]", "    shop-db-1", "    shop-db-2", "  shop-web-1"]);
    list.moveTo(1);
    begin(desk.session, containersScreen, stop, list.targets(false));
    const asked = await question(desk);
    expect(asked.objects.map((line) => line.split(" ")[0])).toEqual(["shop-db-1", "shop-db-2", "shop-web-1"]);
    asked.answer({});
    await until(desk.session.notice, (notice) => notice?.text === "Stopped 3.");
    expect((await engine.docker("ps", "--format", "{{.Names}}")).trim()).toBe("alone");
    // Also what needs no question otherwise asks here: what is under a heading may be folded away.
    for (const name of ["shop-db-1", "shop-db-2", "shop-web-1"])
      await desk.container(name, ({ state }) => state === "exited");
    begin(desk.session, containersScreen, start, list.targets(false));
    (await question(desk)).answer({});
    await until(desk.session.notice, (notice) => notice?.text === "Started 3.");
    expect((await engine.docker("ps", "-q")).trim().split("\n")).toHaveLength(4);
  });

  test("up, of one service and of all, as docker compose does it", async () => {
    const { folder, desk } = await project();
    await engine.docker("rm", "-f", "shop-web-1", "shop-db-1");
    const db = await desk.container("shop-db-2");
    await until(desk.session.sources.containers, ({ items }) => items.length === 1);
    open(desk, "compose-up", [db]);
    const asked = await question(desk);
    expect(asked.title).toContain("Compose up project shop");
    writeFileSync(join(folder, "compose.yml"), composeFile.replace("MODE=one", "MODE=two"));
    asked.answer({});
    await until(desk.session.notice, (notice) => notice?.text === "Compose up project shop: done.");
    const services = await engine.docker("ps", "--format", '{{.Label "com.docker.compose.service"}}');
    expect(services.trim().split("\n").sort()).toEqual(["db", "db", "web"]);
    expect(await engine.docker("inspect", "-f", "{{.Config.Env}}", "shop-web-1")).toContain("MODE=two");
    const { command, outcome } = desk.session.journal.get().at(-1) ?? {};
    expect([command, outcome]).toEqual([
      `docker compose --project-name shop --project-directory ${folder} --file ${folder}/compose.yml up --detach`,
      "done",
    ]);
    const web = await desk.container("shop-web-1");
    open(desk, "compose-up", [web]);
    expect(await question(desk)).toMatchObject({
      title: expect.stringContaining("Compose up web of shop"),
      objects: [expect.stringContaining("shop-web-1")],
    });
  });

  test("up asks which files are read where containers disagree on them, and says what came with an image", async () => {
    const { folder, desk } = await project();
    const other = mkdtempSync(join(tmpdir(), "dockui-other-"));
    folders.push(other);
    writeFileSync(join(other, "evil.yml"), composeFile.replace("MODE=one", "MODE=evil"));
    const labels = [
      "project=shop",
      "service=web",
      `project.working_dir=${other}`,
      `project.config_files=${other}/evil.yml`,
    ].map((label) => `LABEL com.docker.compose.${label}`);
    await build(engine, ["FROM dockui-test/busybox", ...labels], "evil");
    await engine.docker("run", "-d", "--name", "a-evil", "evil", "sleep", "1000");
    const evil = await desk.container("a-evil");
    open(desk, "compose-up", [evil, await desk.container("shop-web-1"), await desk.container("shop-db-1")]);
    const asked = await question(desk);
    const [files] = asked.fields;
    expect(files).toMatchObject({
      kind: "choice",
      value: `${folder}/compose.yml in ${folder}`,
      choices: [`${folder}/compose.yml in ${folder}`, `${other}/evil.yml in ${other}`],
    });
    expect(asked.danger).toBe(true);
    expect(asked.note).toContain(`a-evil: ${other}/evil.yml in ${other}`);
    expect(asked.note).toContain("What a-evil says of it came with the image, not from Compose.");
    expect(asked.command?.({})).toContain(`--file ${folder}/compose.yml`);
    expect(asked.command?.({ files: `${other}/evil.yml in ${other}` })).toContain(`--file ${other}/evil.yml`);
    await engine.docker("rm", "-f", "a-evil");
    await engine.docker("rmi", "evil");
    await until(desk.session.sources.containers, ({ items }) => items.length === 3);
    open(desk, "compose-up", [await desk.container("shop-web-1")]);
    expect(await question(desk)).toMatchObject({
      danger: false,
      note: expect.not.stringContaining("disagree"),
    });
  });

  test("down asks with all that goes, and takes containers and networks", async () => {
    const { desk } = await project();
    open(desk, "compose-down", [await desk.container("shop-web-1")]);
    const asked = await question(desk);
    expect([asked.danger, asked.objects.length]).toEqual([true, 3]);
    asked.answer({ volumes: true });
    await until(desk.session.notice, (notice) => notice?.text === "Compose down project shop: done.");
    expect(await engine.docker("ps", "-aq")).toBe("");
    expect(await engine.docker("network", "ls", "--format", "{{.Name}}")).not.toContain("shop");
    await until(desk.session.sources.containers, ({ items }) => items.length === 0);
  });

  test("a failure shows what compose said, and its exit code", async () => {
    const { folder, desk } = await project();
    writeFileSync(join(folder, "compose.yml"), "services: [");
    open(desk, "compose-pull", [await desk.container("shop-web-1")]);
    (await question(desk)).answer({});
    const notice = await until(desk.session.notice, (now) => now?.tone === "bad");
    expect(notice?.text).toMatch(/^Compose pull web of shop failed with exit code \d+\.$/);
    const top = desk.session.overlays.get().at(-1);
    const buffer = top?.kind === "output" ? top.output.buffer : undefined;
    expect(buffer?.get(0)?.text).toMatch(/yaml/i);
  });

  test("is greyed with the reason where the project's files are not here", async () => {
    const { folder, desk } = await project();
    rmSync(folder, { recursive: true });
    const web = await desk.container("shop-web-1");
    const up = action("compose-up");
    expect(up.unavailable(web, desk.session)).toBe(`${folder}/compose.yml is not on this machine.`);
    // Down needs no files: the containers and networks carry the project's name.
    open(desk, "compose-down", [web]);
    (await question(desk)).answer({});
    await until(desk.session.notice, (notice) => notice?.text === "Compose down project shop: done.");
    expect(await engine.docker("ps", "-aq")).toBe("");
    expect(await engine.docker("network", "ls", "--format", "{{.Name}}")).not.toContain("shop");
    await engine.docker("run", "-d", "--name", "alone", "dockui-test/busybox", "sleep", "1000");
    expect(up.unavailable(await desk.container("alone"), desk.session)).toBe(
      "it is no part of a compose project.",
    );
  });
});

function action(id: string): RowsAction<Container> {
  return composeActions.find((one) => one.id === id) as RowsAction<Container>;
}

function open({ session }: Desk, id: string, containers: readonly Container[]): void {
  const { unavailable, open } = action(id);
  expect(containers.map((one) => unavailable(one, session))).toEqual(containers.map(() => undefined));
  open(containers, session);
}

async function question({ session }: Desk): Promise<Question> {
  const [top] = (await until(session.overlays, (all) => all.at(-1)?.kind === "question")).slice(-1);
  if (top?.kind !== "question") throw new Error(`no question but ${top?.kind}`);
  session.overlays.set((all) => all.slice(0, -1));
  return top.question;
}

const composeFile = `
services:
  web:
    image: dockui-test/busybox
    command: sleep 1000
    init: true
    environment: ["MODE=one"]
  db:
    image: dockui-test/busybox
    command: sleep 1000
    init: true
    deploy: { replicas: 2 }
`;
