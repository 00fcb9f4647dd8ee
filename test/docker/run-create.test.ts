import { expect, test } from "vitest";
import { emptySpec } from "../../src/docker/run/empty-spec.ts";
import { envOfFile } from "../../src/docker/run/env-file.ts";
import { fromInspect } from "../../src/docker/run/from-inspect.ts";
import { parseRunLine } from "../../src/docker/run/parse.ts";
import { toCreate } from "../../src/docker/run/to-create.ts";

const bodyOf = (line: string) =>
  toCreate(parseRunLine(line).spec).body as Record<string, Record<string, unknown>>;

test.each<[flags: string, body: object]>([
  [
    "",
    {
      AttachStdin: false,
      AttachStdout: true,
      AttachStderr: true,
      OpenStdin: false,
      Tty: false,
      StdinOnce: false,
    },
  ],
  ["-i", { AttachStdin: true, OpenStdin: true, StdinOnce: true }],
  [
    "-itd",
    {
      AttachStdin: false,
      AttachStdout: false,
      AttachStderr: false,
      OpenStdin: true,
      StdinOnce: false,
      Tty: true,
    },
  ],
  ["-a stdout", { AttachStdin: false, AttachStdout: true, AttachStderr: false }],
  ["-a stdin -i", { AttachStdin: true, AttachStdout: false, StdinOnce: true }],
  ["-a stdin", { AttachStdin: true, OpenStdin: false, StdinOnce: false }],
  ["--health-interval 1m30s", { Healthcheck: { Interval: 90_000_000_000 } }],
  ["--no-healthcheck", { Healthcheck: { Test: ["NONE"] } }],
  ["--health-cmd 'a b'", { Healthcheck: { Test: ["CMD-SHELL", "a b"] } }],
  ["--entrypoint ''", { Entrypoint: [""] }],
  ["--stop-timeout 0", { StopTimeout: 0 }],
  ["-v /data", { Volumes: { "/data": {} } }],
  ["-p 8000-8001:80-81/udp", { ExposedPorts: { "80/udp": {}, "81/udp": {} } }],
  ["-e A=1 -e A=2", { Env: ["A=1", "A=2"] }],
  ["-l a -l b=1 -l a=2", { Labels: { a: "2", b: "1" } }],
])("%s of docker run asks for %j", (flags, body) => {
  expect(bodyOf(`docker run ${flags} nginx`)).toMatchObject(body);
});

test.each<[flags: string, host: object]>([
  ["--memory 512m --memory-swap -1", { Memory: 512 * 1024 ** 2, MemorySwap: -1 }],
  ["--cpus 0.1", { NanoCpus: 100_000_000 }],
  ["--restart on-failure:5", { RestartPolicy: { Name: "on-failure", MaximumRetryCount: 5 } }],
  ["", { RestartPolicy: { Name: "no", MaximumRetryCount: 0 }, NetworkMode: "default", Dns: [] }],
  ["--network host", { NetworkMode: "host" }],
  ["-p 8000-8002:80", { PortBindings: { "80/tcp": [{ HostIp: "", HostPort: "8000-8002" }] } }],
  [
    "-p '[::1]:80:80' -p 80",
    {
      PortBindings: {
        "80/tcp": [
          { HostIp: "::1", HostPort: "80" },
          { HostIp: "", HostPort: "" },
        ],
      },
    },
  ],
  ["--init=false", { Init: false }],
  ["--gpus 2", { DeviceRequests: [{ Count: 2, Capabilities: [["gpu"]] }] }],
  ["--gpus '\"device=0,1\"'", { DeviceRequests: [{ Count: 0, DeviceIDs: ["0", "1"] }] }],
  ["--security-opt systempaths=unconfined", { MaskedPaths: [], ReadonlyPaths: [], SecurityOpt: undefined }],
  [
    "--device /dev/fuse:r",
    { Devices: [{ PathOnHost: "/dev/fuse", PathInContainer: "/dev/fuse", CgroupPermissions: "r" }] },
  ],
  [
    "--mount type=bind,src=/a,dst=/b,ro,bind-propagation=rslave,bind-recursive=disabled",
    {
      Mounts: [
        {
          Type: "bind",
          Source: "/a",
          Target: "/b",
          ReadOnly: true,
          BindOptions: { Propagation: "rslave", NonRecursive: true },
        },
      ],
    },
  ],
])("%s of docker run asks the host for %j", (flags, host) => {
  expect(bodyOf(`docker run ${flags} nginx`).HostConfig).toMatchObject(host);
});

test("the name and the platform are told beside the body, further networks are joined afterwards", () => {
  const line =
    "docker run --name web --platform linux/arm64 --network a --ip 10.0.0.2 --network name=b,alias=x nginx";
  const { query, body, connect } = toCreate(parseRunLine(line).spec);
  expect(query).toEqual({ name: "web", platform: "linux/arm64" });
  expect(body.NetworkingConfig).toEqual({
    EndpointsConfig: { a: { IPAMConfig: { IPv4Address: "10.0.0.2" } } },
  });
  expect(connect.map(({ network, body }) => [network, body("1")])).toEqual([
    ["b", { Container: "1", EndpointConfig: { Aliases: ["x"] } }],
  ]);
});

test("an env file is read without quotes and without a shell", () => {
  expect(envOfFile("/a.env", "\ufeff# x\n\nA=1\r\n  B='q r' # no comment\nC=", {})).toEqual([
    { key: "A", value: "1" },
    { key: "B", value: "'q r' # no comment" },
    { key: "C", value: "" },
  ]);
  expect(() => envOfFile("/a.env", "A=1\nexport B=2", {})).toThrow(
    "Line 2 of /a.env is not a variable: NAME=value.",
  );
  // A bare name takes the value that docker's environment has; without one it is left out.
  expect(envOfFile("/a.env", "GIVEN\nEMPTY\nMISSING", { GIVEN: "a b", EMPTY: "" })).toEqual([
    { key: "GIVEN", value: "a b" },
    { key: "EMPTY", value: "" },
  ]);
});

const id = "0123456789ab".padEnd(64, "0");
const inspected = (config: object, host: object = {}, networks: object = {}) => ({
  Id: id,
  Name: "/web",
  Config: { Image: "nginx", Hostname: id.slice(0, 12), AttachStdout: true, AttachStderr: true, ...config },
  HostConfig: { NetworkMode: "default", RestartPolicy: { Name: "no" }, ...host },
  NetworkSettings: { Networks: networks },
});
const nginx = { Config: { Cmd: ["nginx"], Entrypoint: ["/entry"], Env: ["PATH=/bin"], Labels: { a: "1" } } };
const likeIt = { Cmd: ["nginx"], Entrypoint: ["/entry"], Env: ["PATH=/bin"], Labels: { a: "1" } };

test("what the image and the engine filled in is left out", () => {
  const host = {
    IpcMode: "private",
    Runtime: "runc",
    CgroupnsMode: "private",
    ShmSize: 67108864,
    Memory: 100,
    MemorySwap: 200,
    LogConfig: { Type: "local", Config: {} },
  };
  const info = { CgroupVersion: "2", LoggingDriver: "local" };
  expect(fromInspect(inspected(likeIt, host), nginx, info)).toEqual({
    spec: { ...emptySpec, image: "nginx", name: "web", memory: 100 },
    lost: [],
  });
});

test.each<[config: object, host: object, networks: object, spec: object, lost: string[]]>([
  [{ ...likeIt, Cmd: ["sh"] }, {}, {}, { command: ["sh"] }, []],
  [{ ...likeIt, Entrypoint: ["sh"] }, {}, {}, { entrypoint: "sh", command: ["nginx"] }, []],
  [{ ...likeIt, Entrypoint: null }, {}, {}, { entrypoint: "", command: ["nginx"] }, []],
  [
    { ...likeIt, Entrypoint: ["sh", "-c"], Cmd: ["x"] },
    {},
    {},
    { entrypoint: "sh", command: ["-c", "x"] },
    ["The entrypoint has several words: all but the first are put before the command"],
  ],
  [
    { ...likeIt, Healthcheck: { Test: ["CMD", "curl", "a b"], StartInterval: 1 } },
    {},
    {},
    { healthCmd: "curl 'a b'" },
    [
      "The healthcheck's own interval while it starts is left out",
      "The healthcheck runs without a shell: on a docker run line it runs in /bin/sh",
    ],
  ],
  [
    { ...likeIt, Env: ["A=\u001b[1m\n"] },
    {},
    {},
    { env: [{ key: "A", value: "\u001b[1m\n" }] },
    ["The container takes PATH of its image away, which cannot be said here"],
  ],
  [
    { ...likeIt, AttachStdout: false, AttachStderr: false },
    { SecurityOpt: ['seccomp={"x":1}'], KernelMemory: 5, Annotations: { a: "b" } },
    {},
    { detach: true, securityOpt: [] },
    [
      "Its annotations are left out",
      "Its limit of kernel memory is left out: kernels no longer have it",
      "Its seccomp profile came from a file and is left out: it would run with docker's own",
    ],
  ],
  [
    likeIt,
    { NetworkMode: "bridge" },
    { bridge: {}, extra: {} },
    { network: "bridge", moreNetworks: [] },
    ["It has also joined the network extra: connect the new one there yourself"],
  ],
  [
    likeIt,
    { NetworkMode: "one" },
    {
      one: { Aliases: ["db", id.slice(0, 12)], IPAMConfig: { IPv4Address: "10.0.0.2" } },
      two: { Aliases: null },
    },
    { network: "one", aliases: ["db"], ip: "10.0.0.2", moreNetworks: [{ name: "two", aliases: [] }] },
    [],
  ],
  [
    { ...likeIt, MacAddress: "02:00:00:00:00:11" },
    { NetworkMode: "one" },
    {
      one: { MacAddress: "02:00:00:00:00:11", IPAddress: "172.18.0.2", DNSNames: [] },
      two: { MacAddress: "02:00:00:00:00:22", IPAddress: "172.19.0.2", DNSNames: [] },
      three: { MacAddress: "", IPAddress: "", DNSNames: [] },
    },
    {
      mac: "02:00:00:00:00:11",
      moreNetworks: [
        { name: "three", aliases: [] },
        { name: "two", aliases: [], mac: "02:00:00:00:00:22" },
      ],
    },
    ["A MAC address of its own in the network three cannot be read while it does not run"],
  ],
  [
    likeIt,
    { NetworkMode: "one" },
    {
      one: { MacAddress: "7e:63:2f:69:51:83", IPAddress: "172.18.0.2", DNSNames: [] },
      two: { MacAddress: "ba:43:51:58:89:dd", IPAddress: "172.19.0.2", DNSNames: [] },
    },
    { moreNetworks: [{ name: "two", aliases: [] }] },
    [],
  ],
  [
    likeIt,
    { Mounts: [{ Type: "cluster", Target: "/\u001b[2J" }], DeviceRequests: [{ Driver: "cdi" }] },
    {},
    { mounts: [] },
    [
      "The mount of the type cluster at /\u241b[2J is left out",
      "Its requests for devices of a driver are left out",
    ],
  ],
])("of %j and %j with %j it says %j", (config, host, networks, spec, lost) => {
  const again = fromInspect(inspected(config, host, networks), nginx);
  expect(again.spec).toMatchObject(spec);
  expect(again.lost).toEqual(lost);
});

test("a number of CPUs is said once, though Podman tells it as period and quota too", () => {
  const host = { NanoCpus: 1_500_000_000, CpuPeriod: 100_000, CpuQuota: 150_000 };
  expect(fromInspect(inspected(likeIt, host), nginx).spec).toEqual({
    ...fromInspect(inspected(likeIt, {}), nginx).spec,
    cpus: 1.5,
  });
});

test("an answer that is none gives an empty spec", () => {
  expect(fromInspect(null, undefined).spec).toMatchObject({ image: "", env: [], ports: [] });
});
