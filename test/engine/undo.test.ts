import { afterEach, beforeEach, expect, test } from "vitest";
import type { TargetsAction } from "../../src/actions/action.ts";
import { containerActions } from "../../src/actions/containers/containers.ts";
import { type JournalItem, journalSource, record, settle } from "../../src/actions/journal.ts";
import type { JournalEntry } from "../../src/actions/journal-entry.ts";
import { perform } from "../../src/actions/perform.ts";
import type { Answers } from "../../src/actions/question.ts";
import { undoOf, whyNoUndo } from "../../src/actions/undo/undo.ts";
import { undoAction } from "../../src/actions/undo/undo-action.ts";
import { undoRemoval } from "../../src/actions/undo/undo-removal.ts";
import { undoUntag } from "../../src/actions/undo/undo-untag.ts";
import type { Container } from "../../src/docker/containers.ts";
import { unix } from "../../src/docker/endpoint.ts";
import { containersScreen } from "../../src/screens/containers.ts";
import { journalScreen } from "../../src/screens/journal.ts";
import { closeDesks, type Desk, openDesk, removeAll, runContainer, until } from "./desk.ts";
import { describeEngine, sharedEngine } from "./engine-test.ts";

type Json = Record<string, unknown>;

const docker = (...args: string[]) => sharedEngine().docker(...args);
const image = "dockui-test/busybox";
const inspect = async (name: string): Promise<Json> => JSON.parse(await docker("inspect", name))[0];
const told = async (name: string, template: string) => (await docker("inspect", "-f", template, name)).trim();

function action(id: string): TargetsAction<Container> {
  const found = containerActions.find((candidate) => candidate.id === id);
  if (found?.on !== "targets") throw new Error(`there is no action ${id} on containers`);
  return found;
}

/** An inspect without what cannot be the same again: ids, moments, and what the engine makes up for each container. */
function lasting(answer: Json): Json {
  const id = String(answer.Id);
  const text = JSON.stringify(answer).replaceAll(id, "ID").replaceAll(id.slice(0, 12), "SHORT");
  const { Created: _, State: _state, GraphDriver: _graph, ...known } = JSON.parse(text);
  // Files that the first start makes.
  const { HostnamePath: _name, HostsPath: _hosts, LogPath: _log, ResolvConfPath: _resolv, ...all } = known;
  const { SandboxID: _id, SandboxKey: _key, ...network } = all.NetworkSettings;
  const { Binds, Mounts } = all.HostConfig;
  const own = (Binds ?? []).filter((bind: string) => !anonymous.test(bind));
  return {
    ...all,
    HostConfig: {
      ...all.HostConfig,
      Binds: own.length === 0 ? null : own,
      // An anonymous volume is mounted by its name now.
      ...(Mounts
        ? {
            Mounts: Mounts.map((wish: Json) => ({
              ...wish,
              Source: anonymous.test(`${wish.Source}:`) ? undefined : wish.Source,
            })),
          }
        : {}),
    },
    Mounts: all.Mounts.map((mount: Json) =>
      anonymous.test(`${mount.Name}:`) ? { ...mount, Mode: "" } : mount,
    ).toSorted(byDestination),
    NetworkSettings: {
      ...network,
      Ports: JSON.parse(
        JSON.stringify(network.Ports).replace(/"HostPort":"(3|4|5)\d{4}"/, '"HostPort":"any"'),
      ),
      Networks: Object.fromEntries(
        Object.entries(network.Networks as Record<string, Json>).map(
          ([name, { EndpointID: _, NetworkID: _id, ...endpoint }]) => [
            name,
            { ...endpoint, Aliases: (endpoint.Aliases as string[] | null)?.toSorted() },
          ],
        ),
      ),
    },
  };
}

const anonymous = /^[0-9a-f]{64}:/;
const byDestination = (one: Json, other: Json) =>
  String(one.Destination) < String(other.Destination) ? -1 : 1;

describeEngine("what was done is undone", () => {
  let desk: Desk;
  const networks: string[] = [];

  beforeEach(() => {
    desk = openDesk(unix(sharedEngine().socketPath));
  });
  afterEach(async () => {
    await closeDesks();
    await removeAll(sharedEngine());
    for (const name of networks.splice(0)) await docker("network", "rm", name);
  });

  async function createNetwork(name: string, subnet: string): Promise<void> {
    await docker("network", "create", "--subnet", subnet, name);
    networks.push(name);
  }

  async function does(id: string, name: string, answers?: Answers): Promise<void> {
    const container = await desk.container(name);
    await until(desk.session.busy, (busy) => !busy.has(container.id));
    await perform(desk.session, containersScreen, action(id), [container], answers);
    expect(newest().reason).toBeUndefined();
  }

  const newest = () => desk.session.journal.get().at(-1) as JournalEntry;

  /** Undoes an entry as U does, without the question; resolves with the undo's own entry. */
  async function undo(entry = newest()): Promise<JournalEntry> {
    const source = journalSource(desk.session);
    const item = source.get().items.find((row) => row.entry.id === entry.id) as JournalItem;
    await perform(desk.session, journalScreen(desk.session, source), undoAction(desk.session), [item]);
    return newest();
  }

  const entryOf = ({ id }: JournalEntry) =>
    desk.session.journal.get().find((entry) => entry.id === id) as JournalEntry;

  /** Removes a container and brings it back: what its inspect lasts of it, before and after. */
  async function removedAndBack(name: string, answers?: Answers) {
    const before = await inspect(name);
    await does("remove", name, answers);
    const removal = newest();
    expect(await docker("ps", "-aq", "--filter", `name=^/${name}$`)).toBe("");
    const undone = await undo(removal);
    expect(undone.reason).toBeUndefined();
    const after = await inspect(name);
    expect(after.Id).not.toBe(before.Id);
    expect(entryOf(removal).undone).toBe(true);
    return { before, after, undone, removal };
  }

  test.each(["created", "running"])(
    "a %s container with all kinds of options loses none of them",
    async (state) => {
      await createNetwork("one", "10.77.0.0/24");
      await createNetwork("two", "10.78.0.0/24");
      const flags = [
        ...[
          "--env",
          "A=1",
          "--env",
          "B=with space",
          "--label",
          "team=ops",
          "--label",
          "x.y/z=",
          "--user",
          "65534:65534",
        ],
        ...["-p", "18080:80", "-p", "127.0.0.1::9000/udp", "--expose", "7000", "--workdir", "/tmp", "-it"],
        ...["-v", "/etc:/host-etc:ro", "-v", "named:/named", "-v", "/anonymous", "--tmpfs", "/t:size=1m"],
        ...[
          "--mount",
          "type=volume,dst=/wished,volume-label=a=b",
          "--mount",
          "type=tmpfs,dst=/m,tmpfs-size=65536",
        ],
        ...[
          "--network",
          "one",
          "--network-alias",
          "db",
          "--ip",
          "10.77.0.9",
          "--mac-address",
          "02:42:0a:4d:00:63",
        ],
        ...[
          "--memory",
          "64m",
          "--memory-swap",
          "128m",
          "--cpus",
          "0.5",
          "--pids-limit",
          "50",
          "--cpu-shares",
          "512",
        ],
        ...[
          "--ulimit",
          "nofile=100:200",
          "--shm-size",
          "32m",
          "--oom-score-adj",
          "100",
          "--sysctl",
          "net.core.somaxconn=64",
        ],
        ...[
          "--health-cmd",
          "true",
          "--health-interval",
          "5s",
          "--health-retries",
          "7",
          "--restart",
          "on-failure:3",
        ],
        ...[
          "--cap-add",
          "NET_ADMIN",
          "--cap-drop",
          "MKNOD",
          "--init",
          "--device",
          "/dev/null:/dev/hole:r",
          "--read-only",
        ],
        ...[
          "--log-driver",
          "json-file",
          "--log-opt",
          "max-size=1m",
          "--log-opt",
          "max-file=2",
          "--group-add",
          "12",
        ],
        ...[
          "--security-opt",
          "no-new-privileges",
          "--dns",
          "10.0.0.1",
          "--dns-search",
          "lan",
          "--add-host",
          "h:10.0.0.2",
        ],
        ...[
          "--hostname",
          "own-name",
          "--domainname",
          "lan",
          "--stop-signal",
          "INT",
          "--stop-timeout",
          "3",
          "--ipc",
          "shareable",
        ],
      ];
      await docker("create", "--name", "full", ...flags, image, "sleep", "77");
      await docker("network", "connect", "--ip", "10.78.0.9", "--alias", "second", "two", "full");
      if (state === "running") await docker("start", "full");
      const { before, after, undone } = await removedAndBack("full", { force: true });
      expect(lasting(after)).toEqual(lasting(before));
      expect(await told("full", "{{.State.Status}}")).toBe(state);
      expect(undone.outcome).toBe("done");
      // What was compared is no empty shell.
      expect(lasting(after)).toMatchObject({
        Config: {
          Hostname: "own-name",
          Env: expect.arrayContaining(["B=with space"]),
          MacAddress: "02:42:0a:4d:00:63",
        },
        NetworkSettings: {
          Networks: {
            one: { Aliases: expect.arrayContaining(["db"]), IPAMConfig: { IPv4Address: "10.77.0.9" } },
            two: { Aliases: expect.arrayContaining(["second"]), IPAMConfig: { IPv4Address: "10.78.0.9" } },
          },
        },
      });
      await docker("start", "full");
      expect(await told("full", "{{.State.Running}} {{.NetworkSettings.Networks.two.IPAddress}}")).toBe(
        "true 10.78.0.9",
      );
    },
  );

  test.each([
    ["with nothing said", image, []],
    ["without the entrypoint of its image", "dockui-test/noshell", ["--entrypoint", ""]],
    ["in the host's network", image, ["--network", "host"]],
    ["without a network", image, ["--network", "none"]],
    ["with the host's name", image, ["--uts", "host"]],
    ["that is privileged", image, ["--privileged"]],
    ["of an image's id", "ID", ["--label", "a=b"]],
    ["that was linked to another", image, ["--link", "other:alias"]],
    ["with the volumes of another", image, ["--volumes-from", "other"]],
    ["in the network of another", image, ["--network", "container:other"]],
  ])("one %s, too", async (_, of, flags) => {
    await runContainer(sharedEngine(), "other", { flags: ["-v", "/shared"] });
    const reference = of === "ID" ? (await docker("image", "inspect", "-f", "{{.Id}}", image)).trim() : of;
    await docker(
      "create",
      "--name",
      "box",
      ...flags,
      reference,
      ...(of.endsWith("noshell") ? ["/busybox-app"] : []),
    );
    const { before, after } = await removedAndBack("box");
    expect(lasting(after)).toEqual(lasting(before));
  });

  test("one that was stopped keeps no host name that the engine had made of its id", async () => {
    await runContainer(sharedEngine(), "box", { flags: ["--stop-timeout", "0"] });
    await docker("stop", "box");
    await desk.container("box", ({ state }) => state === "exited");
    const { before, after } = await removedAndBack("box");
    expect(lasting(after)).toEqual(lasting(before));
    expect(await told("box", "{{.Config.Hostname}} {{.State.Status}}")).toBe(
      `${String(after.Id).slice(0, 12)} created`,
    );
  });

  test("one that had left its first network does not come back into it", async () => {
    await createNetwork("one", "10.77.0.0/24");
    await docker("create", "--name", "box", image);
    await docker("network", "connect", "one", "box");
    await docker("network", "disconnect", "bridge", "box");
    const { before, after } = await removedAndBack("box");
    expect(lasting(after)).toEqual(lasting(before));
    expect(Object.keys((after.NetworkSettings as { Networks: object }).Networks)).toEqual(["one"]);
  });

  test("one that ran and was removed by force runs again, with what its volumes hold", async () => {
    await runContainer(sharedEngine(), "box", { flags: ["-v", "/kept"] });
    await docker("exec", "box", "sh", "-c", "echo volume >/kept/file; echo layer >/tmp/file");
    await desk.container("box", ({ state }) => state === "running");
    const { before, after, undone, removal } = await removedAndBack("box", { force: true });
    expect(removal.undo).toMatchObject({
      what: "box is created again from its settings, and started.",
      lost: "What was written inside it is lost.",
      command: `# docker create --name box … ${image}; docker start box`,
    });
    expect(undone.notes).toEqual(["box is there again and started."]);
    expect(lasting(after).Mounts).toEqual(lasting(before).Mounts);
    expect(await told("box", "{{.State.Status}}")).toBe("running");
    expect(await docker("exec", "box", "cat", "/kept/file")).toBe("volume\n");
    await expect(docker("exec", "box", "cat", "/tmp/file")).rejects.toThrow("No such file");
  });

  test("an anonymous volume that went along is a new one, and that is told", async () => {
    await docker("create", "--name", "box", "-v", "/gone", "-v", "named:/named", image);
    const { undone, removal, after } = await removedAndBack("box", { volumes: true });
    expect(removal.undo).toMatchObject({
      lost: "What was written inside it and in its anonymous volumes is lost.",
    });
    expect(undone.notes).toEqual([
      "The anonymous volume at /gone is gone: a new, empty one is there.",
      "box is there again, not started.",
    ]);
    expect((after.Mounts as Json[]).map(({ Destination }) => Destination).toSorted()).toEqual([
      "/gone",
      "/named",
    ]);
  });

  test("a named volume that was removed meanwhile is told as new, too", async () => {
    await docker("create", "--name", "box", "-v", "named:/named", image);
    await does("remove", "box");
    await docker("volume", "rm", "named");
    expect((await undo()).notes?.[0]).toBe("The volume named at /named is gone: a new, empty one is there.");
  });

  test("it comes back once only", async () => {
    await docker("create", "--name", "box", image);
    const { removal } = await removedAndBack("box");
    expect(whyNoUndo(entryOf(removal))).toBe("it was undone already.");
    expect((await undo(removal)).reason).toBe("it was undone already.");
    expect((await docker("ps", "-aq")).trim().split("\n")).toHaveLength(1);
  });

  test("a name that is taken is said, and it can be undone once it is free", async () => {
    await docker("create", "--name", "box", image);
    await does("remove", "box");
    const removal = newest();
    const holder = (await docker("create", "--name", "box", image)).trim();
    expect((await undo(removal)).reason).toBe(
      `The name box is taken by the container ${holder.slice(0, 12)} (created, ${image}). ` +
        "Rename or remove that one first, or take another name.",
    );
    expect(entryOf(removal).undone).toBeUndefined();
    await docker("rm", holder);
    expect((await undo(removal)).outcome).toBe("done");
    expect(await told("box", "{{.State.Status}}")).toBe("created");
  });

  test("an image that is gone is said, with what to do", async () => {
    await docker("tag", image, "dockui-test/lone:1");
    await docker("commit", (await docker("create", "--name", "maker", image)).trim(), "dockui-test/lone:1");
    await docker("create", "--name", "box", "dockui-test/lone:1");
    await does("remove", "box");
    const removal = newest();
    await docker("rmi", "dockui-test/lone:1");
    expect((await undo(removal)).reason).toBe(
      "The image dockui-test/lone:1 is gone, which box needs. Bring it back first: docker pull dockui-test/lone:1",
    );
    await docker("tag", image, "dockui-test/lone:1");
    expect((await undo(removal)).notes?.[0]).toBe(
      "dockui-test/lone:1 is another image now: the one it was made of is gone.",
    );
    expect(await told("box", "{{.Config.Image}}")).toBe("dockui-test/lone:1");
    await docker("rm", "box");
    await docker("rmi", "dockui-test/lone:1");
  });

  test("an image whose name went to another one is taken by its id", async () => {
    const made = (await docker("commit", (await docker("create", "--name", "maker", image)).trim())).trim();
    await docker("tag", made, "dockui-test/moving:1");
    await docker("create", "--name", "box", "dockui-test/moving:1");
    await does("remove", "box");
    await docker("tag", image, "dockui-test/moving:1");
    expect((await undo()).outcome).toBe("done");
    expect(await told("box", "{{.Image}} {{.Config.Image}}")).toBe(`${made} ${made}`);
    await docker("rm", "box");
    await docker("rmi", "dockui-test/moving:1", made);
  });

  test("a network that is gone is said, and nothing is left behind", async () => {
    await createNetwork("one", "10.77.0.0/24");
    await docker("create", "--name", "box", image);
    await docker("network", "connect", "one", "box");
    await does("remove", "box");
    await docker("network", "rm", networks.pop() ?? "");
    expect((await undo()).reason).toBe("The network one is gone. Make it first: docker network create one");
    expect(await docker("ps", "-aq")).toBe("");
  });

  test("one that does not start again is there all the same", async () => {
    await runContainer(sharedEngine(), "box", { flags: ["-p", "18081:80"] });
    await does("remove", "box", { force: true });
    await runContainer(sharedEngine(), "thief", { flags: ["-p", "18081:80"] });
    const undone = await undo();
    expect(undone.notes).toEqual([
      "It does not start: Port 0.0.0.0:18081 of the host is taken already.",
      "box is there again.",
    ]);
    expect(await told("box", "{{.State.Status}}")).toBe("created");
  });

  test("what was done before to a container that came back is undone on that one", async () => {
    await runContainer(sharedEngine(), "box", { flags: ["--stop-timeout", "0"] });
    await desk.container("box", ({ state }) => state === "running");
    await does("stop", "box");
    const stop = newest();
    await desk.container("box", ({ state }) => state === "exited");
    await removedAndBack("box");
    expect(await undo(stop)).toMatchObject({ command: "docker start box", notes: ["box is started again."] });
    expect(await told("box", "{{.State.Status}}")).toBe("running");
  });

  test("a pause is let go on, and what went on is paused", async () => {
    await runContainer(sharedEngine(), "box");
    await desk.container("box", ({ state }) => state === "running");
    await does("pause", "box");
    const pause = newest();
    expect(await undo(pause)).toMatchObject({ command: "docker unpause box", outcome: "done" });
    expect(await told("box", "{{.State.Status}}")).toBe("running");
    await docker("pause", "box");
    await desk.container("box", ({ state }) => state === "paused");
    await does("unpause", "box");
    expect(await undo()).toMatchObject({ command: "docker pause box", outcome: "done" });
    expect(await told("box", "{{.State.Status}}")).toBe("paused");
  });

  test("a rename is taken back", async () => {
    await docker("create", "--name", "before", image);
    await does("rename", "before", { name: "after" });
    expect(await undo()).toMatchObject({ command: "docker rename after before", outcome: "done" });
    expect(await docker("ps", "-a", "--format", "{{.Names}}")).toBe("before\n");
  });

  test("limits become what they were, and what was without limit is said", async () => {
    await runContainer(sharedEngine(), "box", { flags: ["--cpus", "0.5", "--memory", "64m"] });
    await does("update", "box", {
      cpus: "0.75",
      memory: "100m",
      swap: "200m",
      pids: "70",
      restart: "always",
    });
    expect(newest().undo).toMatchObject({
      what: "box has the limits it had before.",
      lost: "Processes: no limit was there before, and the engine takes none away.",
      command: "docker update --memory 64m --memory-swap 128m --cpus 0.5 --restart no box",
    });
    expect((await undo()).outcome).toBe("done");
    const limits =
      "{{.HostConfig.NanoCpus}} {{.HostConfig.Memory}} {{.HostConfig.MemorySwap}} {{.HostConfig.RestartPolicy.Name}}";
    expect(await told("box", limits)).toBe(`500000000 ${64 << 20} ${128 << 20} no`);
    await does("update", "box", { shares: "512" });
    expect(whyNoUndo(newest())).toBe(
      "CPU shares: no limit was there before, and the engine takes none away.",
    );
  });

  test("a network that was joined is left, one that was left is joined as before", async () => {
    await createNetwork("one", "10.77.0.0/24");
    const id = (await docker("network", "inspect", "-f", "{{.Id}}", "one")).trim();
    await runContainer(sharedEngine(), "box");
    const within = () => told("box", "{{json .NetworkSettings.Networks}}").then(JSON.parse);
    const network = `one  ${id.slice(0, 12)}`;
    await does("connect-network", "box", { network, ip: "10.77.0.7", aliases: "db primary" });
    const joined = newest();
    expect((await within()).one).toMatchObject({ IPAddress: "10.77.0.7" });
    await does("disconnect-network", "box", { network });
    expect(Object.keys(await within())).toEqual(["bridge"]);
    expect(await undo()).toMatchObject({ command: "docker network connect one box", outcome: "done" });
    const { one } = await within();
    expect(one).toMatchObject({ IPAddress: "10.77.0.7", IPAMConfig: { IPv4Address: "10.77.0.7" } });
    expect(one.Aliases).toEqual(expect.arrayContaining(["db", "primary"]));
    expect(await undo(joined)).toMatchObject({
      command: "docker network disconnect one box",
      outcome: "done",
    });
    expect(Object.keys(await within())).toEqual(["bridge"]);
  });

  /** An entry as the clean-up plan writes it. */
  function recorded(command: string, undo?: ReturnType<typeof undoUntag>): JournalEntry {
    const entry = record(desk.session, command);
    settle(desk.session, entry, "done", { undo });
    return entryOf(entry);
  }

  test("an image gets its names back while its layers exist", async () => {
    const id = (await docker("image", "inspect", "-f", "{{.Id}}", image)).trim();
    const tags = ["dockui-test/twice:1", "localhost:5000/dockui-test/twice:latest"];
    for (const tag of tags) await docker("tag", image, tag);
    await docker("rmi", ...tags);
    const entry = recorded(`docker rmi ${tags.join(" ")}`, undoUntag(id, tags));
    expect(await undo(entry)).toMatchObject({
      command: `docker tag ${id.slice(7, 19)} ${tags[0]}; docker tag ${id.slice(7, 19)} ${tags[1]}`,
      outcome: "done",
    });
    const names = JSON.parse(await docker("image", "inspect", "-f", "{{json .RepoTags}}", image));
    expect(names).toEqual(expect.arrayContaining(tags));
    expect(names).toHaveLength(3);
    await docker("rmi", ...tags);
  });

  test("not when they are gone, nor away from another image", async () => {
    const made = (
      await docker("commit", (await docker("create", image)).trim(), "dockui-test/short:1")
    ).trim();
    await docker("rmi", "dockui-test/short:1");
    const entry = recorded("docker rmi dockui-test/short:1", undoUntag(made, ["dockui-test/short:1"]));
    expect((await undo(entry)).reason).toBe(
      "The layers of dockui-test/short:1 are gone; docker pull dockui-test/short:1 brings it back.",
    );
    const other = recorded("docker rmi dockui-test/busybox", undoUntag(made, [image]));
    expect((await undo(other)).reason).toMatch(
      /^dockui-test\/busybox is the name of another image now \([0-9a-f]{12}\)\./,
    );
  });

  test("what is gone for good says why", async () => {
    expect(whyNoUndo(recorded("docker volume rm named"))).toMatch(/^what was removed is gone: .* volumes/);
    expect(undoOf(recorded("docker network rm one"))).toBeUndefined();
    expect(whyNoUndo(record(desk.session, "docker stop box"))).toBe("it is being done.");
  });

  test("a removal is undone from its inspect alone, as the clean-up plan does it", async () => {
    await docker("create", "--name", "box", image);
    const kept = await desk.engine.inspect("box");
    await docker("rm", "box");
    const entry = recorded("docker rm box", undoRemoval(kept, { running: false }));
    expect((await undo(entry)).outcome).toBe("done");
    expect(await told("box", "{{.State.Status}}")).toBe("created");
  });
});
