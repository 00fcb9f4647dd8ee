import type { DemoWorld, WorldPlan } from "../../src/demo/index.ts";
import { openContainers, type Robot, type RobotOptions } from "./robot.tsx";

/** A screen on which the whole plan of the demo fleet stands. */
const tall = { columns: 160, rows: 130 };

/** The plan as `P` opens it over the containers, once the disk was measured. */
export async function openPlan(options: RobotOptions = {}): Promise<Robot> {
  const robot = await openContainers({ ...tall, ...options });
  await robot.press("P");
  await robot.sees(/Clean up: \d+ of \d+ ticked/);
  await robot.sees(/^ Clean up: .*(kind:container|…)$/m);
  await robot.sees("Sizes were measured");
  return robot;
}

/** The plan with every kind in it, the build cache too. */
export async function openWhole(options: RobotOptions = {}): Promise<Robot> {
  const robot = await openPlan(options);
  await robot.press("esc");
  const all = counted(robot.world);
  await robot.until(() => new RegExp(`Clean up: \\d+ of ${all} ticked`).test(robot.screen()), "all of it");
  return robot;
}

/** The names in the first column of the plan that are ticked; of an image without a name its id. */
export function ticked(robot: Robot): string[] {
  return robot
    .rows()
    .filter((row) => /^.✓ {3}/.test(row))
    .map((row) => row.slice(5).replace("<none> ", "").split(" ")[0] ?? "");
}

/** Puts the cursor on the row or heading that holds that text, by moving down from the first row. */
export async function downTo(robot: Robot, text: string): Promise<void> {
  await robot.press("g");
  for (let step = 0; step < 200 && !robot.held().includes(text); step += 1) await robot.press("j");
  if (!robot.held().includes(text)) throw new Error(`There is no row with ${text}:\n${robot.screen()}`);
}

/** The requests that remove something, in the order they came. */
export const removals = (robot: Robot): string[] => robot.calls(/^(DELETE|POST \/build\/prune)/);

/** The request that removes the container of that name, while it is there. */
export const removal = (robot: Robot, name: string): string =>
  `DELETE /containers/${robot.world.find(name)?.id}?force=false&v=false`;

/** How many objects of a world are rows of a plan: images that only stand between two others are not. */
export function counted(world: DemoWorld): number {
  const { containers, networks, volumes, buildCache } = world;
  return containers.size + listed(world).length + networks.size + volumes.size + buildCache.size;
}

/** The images of a world that a list shows. */
export function listed({ images }: DemoWorld) {
  const all = [...images.values()];
  return all.filter(({ id, tags }) => tags.length > 0 || !all.some(({ parent }) => parent === id));
}

/** The bytes of all layers of a world, each counted once. */
export function layerBytes(world: DemoWorld): number {
  const layers = new Map<string, number>();
  for (const image of world.images.values())
    for (const [at, chain] of world.chains(image).entries()) layers.set(chain, image.layers[at]?.size ?? 0);
  return [...layers.values()].reduce((sum, size) => sum + size, 0);
}

const MB = 1_000_000;

/**
 * A small world: `web` runs, three stopped ones need an image, a network and a volume, two images without a name share
 * 100 MB, and of three records of the build cache one stands on another and one is in use. 200 MB of it are ticked.
 */
export const small: WorldPlan = {
  images: [
    { tags: ["acme/base:1"], layers: [{ size: 50 * MB }] },
    { tags: ["acme/worker:1"], on: "acme/base:1", layers: [{ size: 30 * MB }] },
    { id: `sha256:${"a".repeat(64)}`, on: "acme/base:1", layers: [shared(), { size: 10 * MB }] },
    { id: `sha256:${"b".repeat(64)}`, on: "acme/base:1", layers: [shared(), { size: 20 * MB }] },
    { tags: ["acme/unused:1"], layers: [{ size: 40 * MB }] },
  ],
  networks: [{ name: "spare_net" }],
  volumes: [
    { name: "kept", size: 5 * MB },
    { name: "data", size: 7 * MB },
    { name: "c".repeat(64), size: 3 * MB },
  ],
  containers: [
    { name: "web", image: "acme/base:1", networks: ["front"], sizeRw: 1000 },
    { name: "worker", image: "acme/worker:1", status: "exited", networks: ["none"], sizeRw: 2 * MB },
    { name: "job", image: "acme/base:1", status: "exited", networks: ["back"], sizeRw: 1 * MB },
    {
      ...{ name: "writer", image: "acme/base:1", status: "exited", networks: ["none"], sizeRw: 0 },
      mounts: [{ type: "volume", name: "data", source: "/x", destination: "/data", writable: true }],
    },
  ],
  cache: [
    { id: "stage1", description: "[build 1/2] RUN make", size: 60 * MB },
    { id: "stage2", description: "[build 2/2] RUN make check", parents: ["stage1"], size: 4 * MB },
    { id: "stage3", description: "[build] RUN sleep", inUse: true, size: 8 * MB },
  ],
};

function shared() {
  return { digest: `sha256:${"5".repeat(64)}`, size: 100 * MB, madeBy: "RUN make shared" };
}
