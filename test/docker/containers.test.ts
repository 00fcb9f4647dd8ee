import { expect, test } from "vitest";
import { toContainer } from "../../src/docker/containers.ts";
import { toDetail } from "../../src/docker/detail.ts";
import { toImage } from "../../src/docker/images.ts";
import { toNetwork } from "../../src/docker/networks.ts";
import { toVolume } from "../../src/docker/volumes.ts";

const now = 1_795_000_000_000;

test("a row of the container list in our words and units", () => {
  const raw = {
    ...{ Id: "abc", Names: ["/proxy/web", "/web"], Image: "shop/web:2", ImageID: "sha256:1", Command: "run" },
    ...{ Created: 1_700_000_000, State: "exited", Status: "Exited (137) 2 hours ago" },
    Labels: { "com.docker.compose.project": "shop", "com.docker.compose.service": "web", tier: "1" },
    Ports: [
      { IP: "0.0.0.0", PrivatePort: 80, PublicPort: 8080, Type: "tcp" },
      { IP: "::", PrivatePort: 80, PublicPort: 8080, Type: "tcp" },
      { IP: "127.0.0.1", PrivatePort: 53, PublicPort: 53, Type: "udp" },
      { PrivatePort: 9000, Type: "tcp" },
    ],
    NetworkSettings: { Networks: { front: {}, back: {} } },
    Mounts: [
      { Type: "volume", Name: "data", Source: "/var/lib/x", Destination: "/data", RW: true },
      { Type: "bind", Source: "/etc/x", Destination: "/x", RW: false },
    ],
    SizeRootFs: 100,
    SizeRw: 7,
  };
  expect(toContainer(raw, now)).toEqual({
    ...{ id: "abc", name: "web", image: "shop/web:2", imageId: "sha256:1", command: "run" },
    ...{ created: 1_700_000_000_000, state: "exited", status: "Exited (137) 2 hours ago", exitCode: 137 },
    ...{ since: now - 7_200_000, project: "shop", service: "web", networks: ["front", "back"], size: 7 },
    labels: raw.Labels,
    ports: [
      { private: 53, public: 53, ip: "127.0.0.1", protocol: "udp" },
      { private: 80, public: 8080, protocol: "tcp" },
      { private: 9000, protocol: "tcp" },
    ],
    mounts: [
      { kind: "volume", name: "data", target: "/data", readOnly: false },
      { kind: "bind", name: "/etc/x", target: "/x", readOnly: true },
    ],
  });
});

const readers = { toContainer, toDetail, toImage, toNetwork, toVolume };
const nonsense = [
  undefined,
  null,
  3,
  "x",
  [],
  {},
  { Labels: null, Names: null, Ports: {}, State: 7, Mounts: [null] },
];

test.each(Object.entries(readers))("%s takes whatever comes", (_, read) => {
  for (const value of nonsense) expect(() => read(value, now)).not.toThrow();
});

test("text of strangers is clean in every field", () => {
  const evil = "a\u001b[2J\u202eb";
  const labels = { [evil]: evil, "com.docker.compose.project": evil };
  const row = { Id: evil, Names: [`/${evil}`], Image: evil, Command: evil, Status: evil, Labels: labels };
  const read = [
    toContainer({ ...row, NetworkSettings: { Networks: { [evil]: {} } }, Mounts: [{ Source: evil }] }, now),
    toImage({ Id: evil, RepoTags: [evil], Labels: labels }),
    toNetwork({ Name: evil, Driver: evil, Labels: labels, IPAM: { Config: [{ Subnet: evil }] } }),
    toVolume({ Name: evil, Mountpoint: evil, Labels: labels }),
    toDetail({ Id: evil, HostConfig: { LogConfig: { Type: evil } } }),
  ];
  expect(JSON.stringify(read)).not.toMatch(/\\u001b|\u202e/);
});

test("an inspect's times, and Docker's own grace time where none is set", () => {
  const raw = {
    ...{
      Id: "abc",
      RestartCount: 3,
      Config: { Tty: true },
      HostConfig: { LogConfig: { Type: "journald", Config: { tag: "x" } } },
    },
    State: {
      ...{ Status: "running", Pid: 42, OOMKilled: true },
      ...{ StartedAt: "2026-11-20T10:00:00.5Z", FinishedAt: "0001-01-01T00:00:00Z" },
    },
  };
  expect(toDetail(raw)).toEqual({
    ...{ id: "abc", state: "running", started: Date.parse("2026-11-20T10:00:00.5Z"), oomKilled: true },
    ...{ restarts: 3, pid: 42, tty: true, graceSeconds: 10, logDriver: "journald", logOptions: { tag: "x" } },
  });
  expect(toDetail({ Config: { StopTimeout: 0 } }).graceSeconds).toBe(0);
  expect(toDetail({ Config: { StopTimeout: -1 } }).graceSeconds).toBe(-1);
});

test("an image without names has no tags", () => {
  expect(toImage({ Id: "sha256:1", RepoTags: ["<none>:<none>"], RepoDigests: null }).tags).toEqual([]);
});

test.each([
  [{ Name: "data" }, false],
  [{ Name: "x", Labels: { "com.docker.volume.anonymous": "" } }, true],
  [{ Name: "0123456789abcdef".repeat(4) }, true],
])("whether %j is anonymous: %s", (raw, anonymous) => {
  expect(toVolume(raw).anonymous).toBe(anonymous);
});
