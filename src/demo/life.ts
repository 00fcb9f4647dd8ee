import { die } from "./transitions.ts";
import type { DemoContainer, Health } from "./types.ts";
import { second } from "./units.ts";
import type { DemoWorld } from "./world.ts";

const runsFor = 5 * second;
const restsFor = 3 * second;
const checkEvery = 10 * second;

/** A crash-looper dies a while after its start, and comes back a while after its death. */
function crashOrReturn(world: DemoWorld, container: DemoContainer): void {
  const now = world.now();
  if (container.status === "running" && now - (container.startedAt ?? now) >= runsFor)
    die(world, container, 1, "restarting");
  else if (container.status === "restarting" && now - (container.finishedAt ?? now) >= restsFor)
    world.change(container.id, { status: "running", restartCount: container.restartCount + 1 });
}

/** A starting container becomes healthy; an unhealthy one fails once more. */
function checkHealth(world: DemoWorld, container: DemoContainer, health: Health): void {
  const at = world.now();
  if (health.status === "starting") {
    const log = [{ at, exitCode: 0, output: "ok\n" }];
    world.change(container.id, { health: { status: "healthy", failingStreak: 0, log } });
  } else if (health.status === "unhealthy") {
    const again = { at, exitCode: 1, output: health.log.at(-1)?.output ?? "" };
    const log = [...health.log.slice(-4), again];
    world.patch(container.id, { health: { ...health, failingStreak: health.failingStreak + 1, log } });
  }
}

/** Lets things happen by themselves until the world's timers end. */
export function liveOn(world: DemoWorld): void {
  world.timers.every(second, () => {
    for (const container of world.containers.values()) if (container.crashes) crashOrReturn(world, container);
  });
  world.timers.every(checkEvery, () => {
    for (const container of world.containers.values())
      if (container.health !== undefined && container.status === "running")
        checkHealth(world, container, container.health);
  });
}
