import { expect, test } from "vitest";
import { createBody, joinedFirst, joinedNetworks, modeOf } from "../../src/docker/edits/create-body.ts";

const id = "1234567890ab".padEnd(64, "0");
const volume = "f".repeat(64);
const around = { image: "web:1", hasVolume: () => true, idNow: (old: string) => old };
const host = (body: Readonly<Record<string, unknown>>) => body.HostConfig as Record<string, unknown>;

/** The answer of an inspect with these parts. */
const kept = ({ Config = {}, HostConfig = {}, Networks = {}, Mounts = [] as object[] } = {}) => ({
  ...{ Id: id, Name: "/web", Config, HostConfig, Mounts },
  NetworkSettings: { Networks },
});

test("what nobody knows yet goes back to the engine as it came", () => {
  const inspect = kept({
    Config: { Future: [1, { a: null }], Env: ["A=\u001b[2J"] },
    HostConfig: { Next: { x: 1 } },
  });
  expect(createBody(inspect, around)).toMatchObject({
    Future: [1, { a: null }],
    Env: ["A=\u001b[2J"],
    HostConfig: { Next: { x: 1 } },
  });
});

test("a host name stays when it was given, and goes when the engine made it", () => {
  const named = (Hostname: string, HostConfig = {}) =>
    createBody(kept({ Config: { Hostname, Domainname: "lan" }, HostConfig }), around);
  expect(named("own")).toMatchObject({ Hostname: "own", Domainname: "lan" });
  expect(named(id.slice(0, 12)).Hostname).toBe("");
  expect(named("server", { UTSMode: "host" }).Hostname).toBe("");
  expect(named("others", { NetworkMode: `container:${id}` })).toMatchObject({ Hostname: "", Domainname: "" });
});

test("no entrypoint is said as one, since nothing would be the image's", () => {
  expect(createBody(kept(), around).Entrypoint).toEqual([""]);
  expect(createBody(kept({ Config: { Entrypoint: ["/run"] } }), around).Entrypoint).toEqual(["/run"]);
});

test("anonymous volumes are mounted by name, however they were asked for, unless they are gone", () => {
  const mount = (Destination: string) => ({ Type: "volume", Name: volume, Destination, RW: true });
  const inspect = kept({
    Config: { Volumes: { "/image": {}, "/named": {} } },
    HostConfig: { Binds: ["/bare", "named:/named"], Mounts: [{ Type: "volume", Target: "/wished" }] },
    Mounts: [...["/image", "/bare", "/wished"].map(mount), { ...mount("/named"), Name: "named" }],
  });
  expect(host(createBody(inspect, around))).toEqual({
    Binds: [`${volume}:/bare`, "named:/named", `${volume}:/image`],
    Mounts: [{ Type: "volume", Target: "/wished", Source: volume }],
  });
  expect(host(createBody(inspect, { ...around, hasVolume: () => false }))).toEqual(inspect.HostConfig);
});

test("a container whose network or processes are shared is found under the id it has now", () => {
  const modes = { NetworkMode: `container:${id}`, IpcMode: `container:${id}`, PidMode: "host" };
  const body = createBody(kept({ HostConfig: modes }), { ...around, idNow: () => "new" });
  expect(host(body)).toEqual({ NetworkMode: "container:new", IpcMode: "container:new", PidMode: "host" });
});

test("a network is joined as it was: what the engine chose and the old id are left out", () => {
  const endpoint = {
    ...{
      IPAMConfig: { IPv4Address: "10.0.0.9" },
      Links: null,
      Aliases: ["db", id.slice(0, 12)],
      GwPriority: 3,
    },
    ...{ NetworkID: "n".repeat(64), EndpointID: "e", IPAddress: "10.0.0.9", MacAddress: "02:42:0a:00:00:09" },
  };
  const inspect = kept({
    HostConfig: { NetworkMode: "one" },
    Networks: { one: endpoint, two: { NetworkID: "2" } },
  });
  const said = { IPAMConfig: { IPv4Address: "10.0.0.9" }, GwPriority: 3, Aliases: ["db"] };
  expect(joinedNetworks(inspect)).toEqual([
    { name: "one", networkId: "n".repeat(64), endpoint: said },
    { name: "two", networkId: "2", endpoint: {} },
  ]);
  // Engines before API 1.44 take one network at the creation.
  expect(createBody(inspect, around).NetworkingConfig).toEqual({ EndpointsConfig: { one: said } });
});

test("a MAC address of its own in a further network stays, one that was made of the IP address does not", () => {
  const inspect = kept({
    Config: { MacAddress: "02:00:00:00:00:11" },
    HostConfig: { NetworkMode: "one" },
    Networks: {
      one: { MacAddress: "02:00:00:00:00:11", IPAddress: "172.18.0.2" },
      two: { MacAddress: "02:00:00:00:00:22", IPAddress: "172.19.0.2" },
      three: { MacAddress: "02:42:ac:14:00:02", IPAddress: "172.20.0.2" },
    },
  });
  const endpoints = joinedNetworks(inspect).map(({ name, endpoint }) => [name, endpoint]);
  expect(Object.fromEntries(endpoints)).toMatchObject({
    two: { MacAddress: "02:00:00:00:00:22" },
    three: {},
  });
  expect(createBody(inspect, around)).toMatchObject({
    MacAddress: "02:00:00:00:00:11",
    NetworkingConfig: {},
  });
});

test("a number of CPUs goes back without the period and quota that Podman makes of it", () => {
  const limits = { NanoCpus: 1_500_000_000, CpuPeriod: 100_000, CpuQuota: 150_000 };
  expect(host(createBody(kept({ HostConfig: limits }), around))).toEqual({
    ...{ NanoCpus: 1_500_000_000, CpuPeriod: 0, CpuQuota: 0 },
  });
  const own = { NanoCpus: 0, CpuPeriod: 50_000, CpuQuota: 20_000 };
  expect(host(createBody(kept({ HostConfig: own }), around))).toEqual(own);
});

test("the first network is the one of its mode, told by name or id", () => {
  const first = (NetworkMode: string, Networks: object) =>
    joinedFirst(kept({ HostConfig: { NetworkMode }, Networks }))?.name;
  expect(first("default", { bridge: {} })).toBe("bridge");
  expect(first(id.slice(0, 12), { other: { NetworkID: "9" }, one: { NetworkID: id } })).toBe("one");
  expect(first("one", { other: { NetworkID: id } })).toBeUndefined();
  expect(modeOf(kept({ HostConfig: { NetworkMode: `container:${id}` } }))).toBe("");
});
