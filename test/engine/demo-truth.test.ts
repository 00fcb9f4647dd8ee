import { afterEach, expect, test } from "vitest";
import { filters } from "../demo/ask.ts";
import { build, buildWithBuildKit, fill, fromScratch } from "./builds.ts";
import { removeAll } from "./desk.ts";
import { describeEngine, sharedEngine } from "./engine-test.ts";
import { answersOf, bothSides, type Line, type Side } from "./truth.ts";

type ImageRow = { Id: string; ParentId: string; RepoTags: string[]; Size: number };

const imageRows = async (side: Side): Promise<ImageRow[]> =>
  ((await side.ask("GET /images/json?all=1")).body as ImageRow[]).filter(
    ({ RepoTags }) => !RepoTags.some((tag) => tag.startsWith("dockui-test/")),
  );

/** Names an image, and those it was made from as name~1, name~2 … up to one that has a name. */
async function nameLine(side: Side, tag: string, name: string): Promise<void> {
  const rows = await imageRows(side);
  let row = rows.find(({ RepoTags }) => RepoTags.includes(tag));
  for (let step = 0; row && (step === 0 || row.RepoTags[0] === "<none>:<none>"); step += 1) {
    side.name(row.Id, step === 0 ? name : `${name}~${step}`);
    const parent: string = row.ParentId;
    row = rows.find(({ Id }) => Id === parent);
  }
}

/** All images by what they are made from, as text. */
const images = async (side: Side): Promise<string> => {
  const rows = await imageRows(side);
  const lines = rows.map(
    ({ Id, ParentId, RepoTags, Size }) => `${Id} of ${ParentId} ${RepoTags.join()} ${Size}`,
  );
  return lines.map(side.show).sort().join("\n");
};

/** The history of an image, but for the words of its steps. */
const history = (tag: string) => async (side: Side) => {
  const rows = (await side.ask(`GET /images/${tag}/history`)).body as (ImageRow & { Tags: string[] })[];
  return rows.map(({ Id, Size, Tags }) => side.show(`${Id} ${Size} ${Tags}`)).join("\n");
};

/** How /system/df measures the images of a test. */
const measured = async (side: Side): Promise<string> => {
  const { Images } = (await side.ask("GET /system/df")).body as {
    Images: (ImageRow & { SharedSize: number; Containers: number })[];
  };
  const mine = Images.filter(({ RepoTags }) => RepoTags[0]?.startsWith("truth/"));
  const lines = mine.map(({ RepoTags, Size, SharedSize, Containers }) =>
    [RepoTags, Size, SharedSize, Containers].join(" "),
  );
  return lines.sort().join("\n");
};

const imageOf = (name: string) => async (side: Side) => {
  const rows = (await side.ask("GET /containers/json?all=1")).body as { Names: string[]; Image: string }[];
  return side.show(rows.find(({ Names }) => Names[0] === `/${name}`)?.Image ?? "none");
};

/** The one step of the base image. */
const copied = [{ madeBy: "COPY", layer: true, comment: "" }];

type Body = Record<string, unknown>;

/** Creates a container and names its id, and those of its volumes without a name by where they are mounted. */
const container =
  (name: string, Image: string, more: Body | ((side: Side) => Body) = {}): Line =>
  async (side) => {
    const Cmd = ["/bin/busybox", "sleep", "100000"];
    const asked = { Image, Cmd, ...(typeof more === "function" ? more(side) : more) };
    const { status, body } = await side.ask(`POST /containers/create?name=${name}`, asked);
    side.name((body as { Id: string }).Id, name);
    const { Mounts } = (await side.ask(`GET /containers/${name}/json`)).body as {
      Mounts: { Name: string; Destination: string }[];
    };
    for (const { Name, Destination } of Mounts) if (Name.length === 64) side.name(Name, Destination);
    return `${status}`;
  };

const volumes = async (side: Side): Promise<string> => {
  const { Volumes } = (await side.ask("GET /volumes")).body as { Volumes: { Name: string }[] };
  return Volumes.map(({ Name }) => side.show(Name))
    .sort()
    .join(" ");
};

/** Creates a network and names its id. */
const network =
  (body: Body, name: string): Line =>
  async (side) => {
    const made = await side.ask("POST /networks/create", body);
    side.name((made.body as { Id: string }).Id, name);
    return `${made.status}`;
  };

/** A network with who is in it, but for addresses that the engine chooses. */
const shape = (name: string) => async (side: Side) => {
  const { Name, Id, Driver, IPAM, Internal, Labels, Containers } = (
    await side.ask(`GET /networks/${side.idOf(name)}`)
  ).body as Body & { Containers: object };
  return side.show(
    JSON.stringify({ Name, Id, Driver, IPAM, Internal, Labels, members: Object.keys(Containers) }),
  );
};

/** The networks of a container as a list has them, and what its start left behind. */
const joined = (name: string) => async (side: Side) => {
  const rows = (await side.ask("GET /containers/json?all=1")).body as {
    Names: string[];
    NetworkSettings: { Networks: Record<string, { NetworkID: string }> };
  }[];
  const row = rows.find(({ Names }) => Names[0] === `/${name}`);
  const networks = Object.entries(row?.NetworkSettings.Networks ?? {}).map(([key, { NetworkID }]) => [
    key,
    NetworkID,
  ]);
  const { State } = (await side.ask(`GET /containers/${name}/json`)).body as { State: Body };
  return side.show(JSON.stringify([networks, State.Status, State.ExitCode, State.Error]));
};

type CacheRow = { ID: string; Parent: string; InUse: boolean; Shared: boolean; Size: number; Type: string };

const cacheRows = async (side: Side): Promise<CacheRow[]> => {
  const { BuildCache } = (await side.ask("GET /system/df")).body as { BuildCache: CacheRow[] | null };
  return (BuildCache ?? []).filter(({ Type }) => Type === "regular");
};

/** Names the records of layers by their bytes. */
async function nameCache(side: Side): Promise<void> {
  for (const { ID, Size, Parent } of await cacheRows(side)) if (Parent !== "") side.name(ID, `${Size}`);
}

const cached = async (side: Side): Promise<string> => {
  const rows = (await cacheRows(side)).filter(({ Parent }) => Parent !== "");
  const lines = rows.map(({ ID, InUse, Shared, Size }) => `${side.show(ID)} ${InUse} ${Shared} ${Size}`);
  return lines.sort().join("\n");
};

describeEngine("the demo engine answers as the real one", () => {
  afterEach(async () => {
    const { docker } = sharedEngine();
    await removeAll(sharedEngine());
    const mine = await docker("image", "ls", "-q", "truth/*");
    if (mine.trim() !== "") await docker("image", "rm", "-f", ...new Set(mine.trim().split("\n")));
    await docker("network", "prune", "-f");
    await docker("builder", "prune", "-af");
  });

  test("about images", async () => {
    const real = sharedEngine();
    await build(real, fromScratch, "truth/base:1");
    await build(real, ["FROM truth/base:1", "ENV A=1", fill("/one", 1), "LABEL x=y"], "truth/leg:1");
    await build(real, ["FROM truth/base:1", fill("/two", 1)], "truth/two:1");
    const size = Number(await real.docker("image", "inspect", "-f", "{{.Size}}", "truth/base:1"));
    const layer = { size: 1_000_000 };
    const [env, run] = [`sha256:${"b".repeat(64)}`, `sha256:${"c".repeat(64)}`];
    const { sides } = await bothSides(real, {
      images: [
        { tags: ["truth/base:1"], layers: [{ size }], steps: copied },
        { ...{ id: env }, parent: "truth/base:1", layers: [] },
        { ...{ id: run }, parent: env, layers: [layer] },
        { tags: ["truth/leg:1"], parent: run, layers: [] },
        { tags: ["truth/two:1"], parent: "truth/base:1", layers: [layer] },
      ],
    });
    for (const side of sides)
      for (const name of ["base", "leg", "two"]) await nameLine(side, `truth/${name}:1`, name);
    const [truth, demo] = await answersOf(sides, [
      images,
      history("truth/leg:1"),
      "DELETE /images/nosuch",
      "DELETE /images/docker.io/library/x:y",
      `DELETE /images/sha256:${"9".repeat(64)}`,
      "DELETE /images/UPPER:1",
      "GET /images/nosuch/history",
      "DELETE /images/{leg~1}",
      "DELETE /images/{leg~1}?force=1",
      "DELETE /images/truth/base:1",
      "POST /images/{base}/tag?repo=truth/base&tag=1",
      "POST /images/nosuch/tag?repo=truth/base&tag=1",
      "POST /images/truth/leg:1/tag?repo=truth/leg&tag=2",
      "DELETE /images/{leg}",
      "POST /images/{leg~1}/tag?repo=truth/leg&tag=2",
      images,
      "DELETE /images/truth/leg:2",
      "DELETE /images/truth/leg:1?noprune=1",
      images,
      "DELETE /images/{leg~1}",
      container("user", "truth/two:1"),
      "DELETE /images/truth/two:1",
      "DELETE /images/{two}",
      "POST /images/truth/two:1/tag?repo=truth/two&tag=2",
      "DELETE /images/{two}",
      "POST /containers/user/start",
      "DELETE /images/truth/two:1",
      "DELETE /images/truth/two:1",
      "DELETE /images/truth/two:2",
      "DELETE /images/{two}?force=1",
      "DELETE /images/truth/two:2?force=1",
      imageOf("user"),
      "DELETE /images/{two}",
      "POST /containers/user/kill",
      "DELETE /images/{two}",
      "DELETE /images/{two}?force=1",
      imageOf("user"),
      container("other", "truth/base:1"),
      "DELETE /images/truth/base:1",
      "DELETE /images/truth/base:1?force=1",
      images,
    ]);
    expect(demo).toEqual(truth);
    expect(await sides[1].told("image")).toEqual(await sides[0].told("image"));
  });

  test("about containers and volumes", async () => {
    const { sides } = await bothSides(sharedEngine(), { images: [{ tags: ["dockui-test/busybox:latest"] }] });
    const Image = "dockui-test/busybox";
    const mounted = {
      ...{ Image, Volumes: { "/anonymous": {} } },
      HostConfig: {
        Binds: ["named:/named"],
        Mounts: [
          { Type: "volume", Target: "/without" },
          { Type: "volume", Source: "other", Target: "/other" },
        ],
      },
    };
    const [truth, demo] = await answersOf(sides, [
      container("user", Image, mounted),
      volumes,
      "DELETE /volumes/named",
      "DELETE /volumes/named?force=1",
      "DELETE /volumes/{/anonymous}",
      container("second", Image, (side) => ({
        Image,
        HostConfig: { Binds: [`${side.idOf("/anonymous")}:/a`] },
      })),
      "DELETE /containers/user?v=1",
      volumes,
      "DELETE /containers/second?v=1",
      volumes,
      "DELETE /volumes/named",
      "DELETE /volumes/named",
      "DELETE /volumes/named?force=1",
      "GET /volumes/named",
      ["POST /volumes/create", { Name: "b/d" }],
      ["POST /volumes/create", { Name: "x" }],
      container("up", Image),
      "POST /containers/up/start",
      "DELETE /containers/up",
      "POST /containers/up/pause",
      "DELETE /containers/up",
      "POST /containers/up/unpause",
      "DELETE /containers/up?force=1",
      "DELETE /containers/up",
      "DELETE /containers/up?force=1",
    ]);
    expect(demo).toEqual(truth);
    const destroyed = async (side: Side) =>
      (await side.told("volume")).filter((line) => line.startsWith("destroy"));
    expect((await destroyed(sides[1])).sort()).toEqual((await destroyed(sides[0])).sort());
  });

  test("about networks", async () => {
    const { sides } = await bothSides(sharedEngine(), { images: [{ tags: ["dockui-test/busybox:latest"] }] });
    const Image = "dockui-test/busybox";
    const HostConfig = { NetworkMode: "truth-net" };
    const make = { Name: "truth-net", CheckDuplicate: true };
    const IPAM = { Config: [{ Subnet: "10.231.0.0/16", Gateway: "10.231.0.1" }] };
    const overlap = { Config: [{ Subnet: "10.231.4.0/24" }] };
    const [truth, demo] = await answersOf(sides, [
      network({ ...make, Internal: true, Labels: { a: "b" }, IPAM }, "net"),
      ["POST /networks/create", make],
      ["POST /networks/create", { Name: "bridge", CheckDuplicate: true }],
      ["POST /networks/create", { Name: "truth-overlap", CheckDuplicate: true, IPAM: overlap }],
      ["POST /networks/create", { Name: "truth-host", CheckDuplicate: true, Driver: "host" }],
      shape("net"),
      container("never", Image, { Image, HostConfig }),
      container("once", Image, { Image, HostConfig }),
      "POST /containers/once/start",
      shape("net"),
      "DELETE /networks/{net}",
      "POST /containers/once/kill",
      shape("net"),
      "DELETE /networks/{net}",
      "DELETE /networks/truth-net",
      joined("never"),
      joined("once"),
      "POST /containers/once/start",
      "POST /containers/never/start",
      joined("once"),
      joined("never"),
      network(make, "again"),
      "POST /containers/once/start",
      "POST /containers/never/start",
      joined("never"),
      "DELETE /networks/bridge",
      "DELETE /networks/host",
      "DELETE /networks/none",
    ]);
    expect(demo).toEqual(truth);
    const made = async (side: Side) =>
      (await side.told("network")).filter((line) => /^(create|destroy)/.test(line));
    expect(await made(sides[1])).toEqual(await made(sides[0]));
  });

  test("about the build cache", async () => {
    const real = sharedEngine();
    await build(real, fromScratch, "truth/base:1");
    const size = Number(await real.docker("image", "inspect", "-f", "{{.Size}}", "truth/base:1"));
    const common = ["FROM truth/base:1", fill("/one", 1)];
    await buildWithBuildKit(real, [...common, fill("/two", 2)], "truth/two:1");
    // BuildKit fetches a context once that has the same date and size.
    await buildWithBuildKit(real, [...common, fill("/three", 3), `#${" ".repeat(1024)}`], "truth/three:1");
    const layers = [1, 2, 3].map((n) => ({ digest: `sha256:${`${n}`.repeat(64)}`, size: n * 1e6 }));
    const [one = {}, two = {}, three = {}] = layers;
    const ground = { digest: `sha256:${"0".repeat(64)}`, size };
    const record = (n: number, parent: number) => ({
      ...{
        id: `${n}`.repeat(25),
        parents: [`${parent}`.repeat(25)],
        layer: layers[n - 1]?.digest ?? "",
        size: n * 1e6,
      },
    });
    const { sides } = await bothSides(real, {
      images: [
        { tags: ["truth/base:1"], layers: [ground], steps: copied },
        { tags: ["truth/two:1"], on: "truth/base:1", layers: [one, two] },
        { tags: ["truth/three:1"], on: "truth/base:1", layers: [one, three] },
      ],
      cache: [{ id: "0".repeat(25), layer: ground.digest }, record(1, 0), record(2, 1), record(3, 1)],
    });
    for (const side of sides) await nameCache(side);
    const only =
      (name: string, all = "all=1&") =>
      (side: Side) =>
        side.hears(
          `POST /build/prune?${all}${filters({ id: [side.idOf(name)] })}`,
          undefined,
          `prune ${all}${name}`,
        );
    const [truth, demo] = await answersOf(sides, [
      cached,
      measured,
      history("truth/base:1"),
      `POST /build/prune?all=1&${filters({ id: ["a", "b"] })}`,
      `POST /build/prune?all=1&${filters({ colour: ["red"] })}`,
      only("1000000"),
      only("2000000", ""),
      "DELETE /images/truth/two:1",
      cached,
      measured,
      only("2000000", ""),
      only("3000000", ""),
      only("3000000"),
      cached,
      only("1000000"),
      "DELETE /images/truth/three:1",
      cached,
    ]);
    expect(demo).toEqual(truth);
  });
});
