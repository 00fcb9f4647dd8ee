import { statfs } from "node:fs/promises";
import { tmpdir } from "node:os";
import { expect, test } from "vitest";
import { dataRootOf, readDataRoot } from "../../../src/docker/disk/data-root.ts";
import { unix } from "../../../src/docker/endpoint.ts";

const socket = unix("/run/docker.sock");
const tcp = { kind: "tcp", host: "web-01", port: 2375, label: "tcp://web-01:2375" } as const;
const info = (path: string) => ({
  DockerRootDir: path,
  Driver: "overlay2",
  DriverStatus: [
    ["Backing Filesystem", "xfs"],
    ["Supports d_type", "true"],
  ],
});

test("tells its driver, what lies under it, and what an ordinary process may still write", async () => {
  const { bsize, blocks, bfree } = await statfs(tmpdir());
  const root = await readDataRoot(info(tmpdir()), socket);
  expect(root).toMatchObject({
    ...{ path: tmpdir(), driver: "overlay2", filesystem: "xfs", containerdStore: false },
    size: bsize * blocks,
  });
  expect(root.why).toBeUndefined();
  expect(root.free).toBeGreaterThan(0);
  expect(root.free).toBeLessThanOrEqual(bsize * bfree + 1e9); // others write here meanwhile
});

test("the store of containerd is told apart", async () => {
  const answer = { Driver: "overlayfs", DriverStatus: [["driver-type", "io.containerd.snapshotter.v1"]] };
  const root = await readDataRoot({ ...answer, DockerRootDir: tmpdir() }, socket);
  expect(root).toMatchObject({ driver: "overlayfs", containerdStore: true });
  expect(root).not.toHaveProperty("filesystem");
});

test("an engine elsewhere, a folder that is not here, and an engine that does not answer say why", async () => {
  expect(await readDataRoot(info("/var/lib/docker"), tcp)).toEqual({
    ...{ path: "/var/lib/docker", driver: "overlay2", filesystem: "xfs", containerdStore: false },
    why: "The engine is on another machine: how full its disk is cannot be seen from here.",
  });
  const away = await readDataRoot(info("/no/such/folder"), socket);
  expect(away.why).toBe(
    "There is no /no/such/folder here: the engine is on another machine, or dockui runs in a container.",
  );
  expect(away).not.toHaveProperty("free");
  const refused = async () => {
    throw Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
  };
  const lost = await dataRootOf({ endpoint: socket, info: refused });
  expect(lost.why).toBe("Nothing answers at /run/docker.sock.");
});

test("nonsense from the engine is no exception", async () => {
  for (const answer of [undefined, null, 7, [], { DriverStatus: [7, null, ["a"]], DockerRootDir: {} }])
    expect(await readDataRoot(answer, socket)).toMatchObject({
      path: "",
      driver: "",
      containerdStore: false,
    });
});
