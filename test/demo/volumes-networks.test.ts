import { expect, test } from "vitest";
import { demoEngine, filters } from "./ask.ts";

const images = [{ tags: ["bb:latest"] }];

test("a volume in use, even by a stopped container, stays", async () => {
  const { ask, world } = await demoEngine({ only: { images, volumes: [{ name: "free", size: 7 }] } });
  const made = await ask("POST /containers/create?name=c1", {
    Image: "bb",
    HostConfig: { Binds: ["data:/data"] },
  });
  const { Id } = made.body as { Id: string };
  const inUse = { status: 409, body: `remove data: volume is in use - [${Id}]` };
  expect(await ask("DELETE /volumes/data")).toEqual(inUse);
  expect(await ask("DELETE /volumes/data?force=1")).toEqual(inUse);
  expect((await ask("DELETE /volumes/free")).status).toBe(204);
  expect(await ask("DELETE /volumes/free")).toEqual({ status: 404, body: "get free: no such volume" });
  expect((await ask("DELETE /volumes/free?force=1")).status).toBe(204);
  expect((await ask(`GET /volumes?${filters({ dangling: ["true"] })}`)).body).toMatchObject({ Volumes: [] });
  expect([...world.volumes.keys()]).toEqual(["data"]);
});

test("volumes are made with labels, and are marked when they have no name", async () => {
  const { ask } = await demoEngine({ only: {} });
  const labelled = { Name: "lab", Labels: { a: "b" } };
  expect((await ask("POST /volumes/create", labelled)).body).toMatchObject(labelled);
  expect((await ask("POST /volumes/create", { Name: "lab" })).body).toMatchObject(labelled);
  expect((await ask("GET /volumes/lab")).body).toMatchObject({ ...labelled, CreatedAt: expect.any(String) });
  expect((await ask("POST /volumes/create", {})).body).toMatchObject({
    Name: expect.stringMatching(/^[0-9a-f]{64}$/),
    Labels: { "com.docker.volume.anonymous": "" },
  });
  expect(await ask("POST /volumes/create", { Name: "x" })).toEqual({
    status: 400,
    body: "create x: volume name is too short, names should be at least two alphanumeric characters",
  });
  expect((await ask("POST /volumes/create", { Name: "b/d" })).status).toBe(400);
});

test("removing with v takes what was made for the container, and nothing that was named or is used", async () => {
  const { ask, world } = await demoEngine({ only: { images } });
  const Mounts = [
    { Type: "volume", Target: "/m" },
    { Type: "volume", Source: "named", Target: "/n" },
  ];
  await ask("POST /containers/create?name=c1", {
    Image: "bb",
    Volumes: { "/v": {} },
    HostConfig: { Mounts },
  });
  const [one = "", named, other = ""] = [...world.volumes.keys()];
  expect(named).toBe("named");
  await ask("POST /containers/create?name=c2", { Image: "bb", HostConfig: { Binds: [`${other}:/o`] } });
  expect((await ask("DELETE /containers/c1?v=1")).status).toBe(204);
  expect([...world.volumes.keys()]).toEqual(["named", other]);
  await ask("DELETE /containers/c2?v=1");
  expect([...world.volumes.keys()]).toEqual(["named", other]);
  const told = world.bus.recent().map(({ Type, Action, Actor }) => `${Type} ${Action} ${Actor.ID}`);
  expect(told.filter((line) => /destroy/.test(line)).map((line) => line.split(" ")[0])).toEqual([
    ...["volume", "container", "container"],
  ]);
  expect(told).toContain(`volume destroy ${one}`);
});

test("a running container is not removed without force, a dead one is", async () => {
  const { ask, world } = await demoEngine({ only: { images } });
  world.add({ name: "up", image: "bb" });
  world.add({ name: "gone", image: "bb", status: "dead" });
  world.add({ name: "half", image: "bb", status: "removing" });
  expect(await ask("DELETE /containers/up")).toEqual({
    status: 409,
    body: 'cannot remove container "/up": container is running: stop the container before removing or force remove',
  });
  expect((await ask("POST /containers/gone/start")).status).toBe(409);
  expect((await ask(`GET /containers/json?${filters({ status: ["removing"] })}`)).body).toMatchObject([
    { Names: ["/half"], Status: "Removal In Progress" },
  ]);
  expect((await ask("DELETE /containers/gone")).status).toBe(204);
  expect((await ask("DELETE /containers/half")).status).toBe(204);
  expect((await ask("DELETE /containers/up?force=1")).status).toBe(204);
  expect(await ask("DELETE /containers/up")).toEqual({ status: 404, body: "No such container: up" });
});

test("networks are made once, beside each other", async () => {
  const { ask } = await demoEngine({ only: {} });
  const IPAM = { Config: [{ Subnet: "10.9.0.0/16", Gateway: "10.9.0.1" }] };
  const made = { Name: "n1", Labels: { a: "b" }, Internal: true, IPAM };
  expect((await ask("POST /networks/create", made)).status).toBe(201);
  expect((await ask("GET /networks/n1")).body).toMatchObject({ ...made, Driver: "bridge", Containers: {} });
  for (const [body, status, sentence] of [
    [{ Name: "n1" }, 409, "network with name n1 already exists"],
    [{ Name: "bridge" }, 403, "operation is not permitted on predefined bridge network "],
    [
      { Name: "n2", IPAM: { Config: [{ Subnet: "10.9.5.0/24" }] } },
      403,
      "Pool overlaps with other one on this address space",
    ],
    [{ Name: "n2", Driver: "nosuch" }, 404, 'plugin "nosuch" not found'],
  ] as const)
    expect(await ask("POST /networks/create", body)).toEqual({ status, body: sentence });
  expect((await ask("GET /networks/n2")).status).toBe(404);
});

test("a network without running containers goes, and its stopped ones cannot start any more", async () => {
  const { ask, world } = await demoEngine({ only: { images, networks: [{ name: "n1" }] } });
  const create = async (name: string) =>
    await ask(`POST /containers/create?name=${name}`, { Image: "bb", HostConfig: { NetworkMode: "n1" } });
  await create("never");
  await create("once");
  await ask("POST /containers/once/start");
  const [network] = [...world.networks.values()].filter(({ name }) => name === "n1");
  expect(await ask("DELETE /networks/n1")).toEqual({
    status: 403,
    body: `error while removing network: network n1 id ${network?.id} has active endpoints`,
  });
  const { Containers } = (await ask("GET /networks/n1")).body as { Containers: object };
  expect(Object.values(Containers)).toMatchObject([{ Name: "once" }]);
  await ask("POST /containers/once/kill");
  expect((await ask("DELETE /networks/n1")).status).toBe(204);
  expect(await ask("POST /containers/once/start")).toEqual({
    status: 404,
    body: `network ${network?.id} not found`,
  });
  expect(await ask("POST /containers/never/start")).toEqual({ status: 404, body: "network n1 not found" });
  await ask("POST /networks/create", { Name: "n1" });
  expect((await ask("POST /containers/never/start")).status).toBe(204);
  expect((await ask("POST /containers/once/start")).status).toBe(404);
  expect(await ask("DELETE /networks/host")).toEqual({
    status: 403,
    body: "host is a pre-defined network and cannot be removed",
  });
});
