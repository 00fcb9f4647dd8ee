import { isLive } from "./container-filters.ts";
import { fail } from "./http.ts";
import { patchFor } from "./lifecycle.ts";
import { joinedBy, networkNamed } from "./networking.ts";
import { checkStart } from "./start-checks.ts";
import type { ContainerStatus, DemoContainer } from "./types.ts";
import { second } from "./units.ts";
import { dropAnonymous } from "./volumes.ts";
import type { DemoWorld } from "./world.ts";

const signals: Readonly<Record<string, number>> = {
  HUP: 1,
  INT: 2,
  QUIT: 3,
  KILL: 9,
  USR1: 10,
  USR2: 12,
  ALRM: 14,
  TERM: 15,
  CONT: 18,
  STOP: 19,
  WINCH: 28,
};

function move(
  world: DemoWorld,
  container: DemoContainer,
  status: ContainerStatus,
  patch = {},
): DemoContainer {
  return world.patch(container.id, { ...patchFor(container, status, world.now()), ...patch });
}

/** Tells what happens to the networks and volumes of a container beside itself. */
function tellNeighbours(world: DemoWorld, container: DemoContainer, network: string, volume: string): void {
  for (const name of container.networks) {
    const found = networkNamed(world, name);
    if (found === undefined) continue;
    const attributes = { container: container.id, name, type: found.driver };
    world.bus.emit({ type: "network", action: network, id: found.id, attributes });
  }
  for (const mount of container.mounts) {
    if (mount.name === undefined) continue;
    const attributes = { container: container.id, driver: "local", destination: mount.destination };
    world.bus.emit({ type: "volume", action: volume, id: mount.name, attributes });
  }
}

/** Starts a container and emits connect, mount and start; answers whether it was not running. */
export function start(world: DemoWorld, container: DemoContainer): boolean {
  if (container.status === "paused") fail(409, "cannot start a paused container, try unpause instead");
  if (container.status === "dead" || container.status === "removing")
    fail(409, "container is marked for removal and cannot be started");
  if (container.status === "running") return false;
  checkStart(world, container);
  const joined = joinedBy(world, container.networks);
  const after = move(world, container, "running", { restartCount: 0, joined });
  tellNeighbours(world, after, "connect", "mount");
  world.tell(after, "start");
  return true;
}

/** Ends the first process of a container with `exitCode` and emits die, disconnect and unmount. */
export function die(
  world: DemoWorld,
  container: DemoContainer,
  exitCode: number,
  status: ContainerStatus = "exited",
): void {
  const after = move(world, container, status, { exitCode });
  const seconds = Math.floor((world.now() - (container.startedAt ?? world.now())) / second);
  world.tell(after, "die", { exitCode: String(exitCode), execDuration: String(seconds) });
  tellNeighbours(world, after, "disconnect", "unmount");
  if (!after.autoRemove) return;
  dropAnonymous(world, after);
  world.remove(after.id);
}

/** Resolves to true when the container stops within `ms` (Infinity: whenever), else to false. */
export function ending(world: DemoWorld, id: string, ms: number): Promise<boolean> {
  return new Promise((resolve) => {
    const settle = (ended: boolean) => {
      forget();
      cancel();
      resolve(ended);
    };
    const forget = world.bus.listen((event) => {
      if (event.Actor.ID === id && (event.Action === "die" || event.Action === "destroy")) settle(true);
    });
    const cancel = Number.isFinite(ms) ? world.timers.after(ms, () => settle(false)) : () => undefined;
  });
}

/** Delivers TERM: the container ends now, later or never, by its nature. */
function term(world: DemoWorld, container: DemoContainer): void {
  world.tell(container, "kill", { signal: "15" });
  const end = () => {
    const now = world.find(container.id);
    if (now !== undefined && isLive(now) && now.startedAt === container.startedAt)
      die(world, now, now.termExitCode);
  };
  if (container.stopsAfter === 0) end();
  else if (Number.isFinite(container.stopsAfter)) world.timers.after(container.stopsAfter, end);
}

/** Stops a container: TERM, after `seconds` KILL; emits kill, die, stop; answers whether it was running. */
export async function stop(
  world: DemoWorld,
  container: DemoContainer,
  seconds: number | undefined,
): Promise<boolean> {
  if (!isLive(container)) return false;
  const patience = seconds ?? container.stopTimeout ?? 10;
  const ended = ending(world, container.id, patience < 0 ? Number.POSITIVE_INFINITY : patience * second);
  term(world, container);
  if (!(await ended)) kill9(world, container.id);
  const after = world.find(container.id);
  if (after !== undefined) world.tell(after, "stop");
  return true;
}

function kill9(world: DemoWorld, id: string): void {
  const container = world.find(id);
  if (container === undefined || !isLive(container)) return;
  world.tell(container, "kill", { signal: "9" });
  die(world, container, 137);
}

/** Stops and starts a container and emits restart. */
export async function restart(
  world: DemoWorld,
  container: DemoContainer,
  seconds: number | undefined,
): Promise<void> {
  await stop(world, container, seconds);
  const stopped = world.find(container.id) ?? fail(404, `No such container: ${container.name}`);
  start(world, stopped);
  const started = world.find(container.id);
  if (started !== undefined) world.tell(started, "restart");
}

/** Sends a signal by name or number; throws ApiError 400 when there is none such, 409 when it does not run. */
export function kill(world: DemoWorld, container: DemoContainer, signal: string): void {
  const name = signal.toUpperCase().replace(/^SIG/, "");
  const number = /^\d+$/.test(name) ? Number(name) : signals[name];
  if (number === undefined || number < 1 || number > 64) fail(400, `Invalid signal: ${signal}`);
  if (!isLive(container))
    fail(409, `cannot kill container: ${container.id}: container ${container.id} is not running`);
  if (number === 9) kill9(world, container.id);
  else if (number === 15) term(world, container);
  else world.tell(container, "kill", { signal: String(number) });
  if (number === 2 || number === 3) die(world, container, 128 + number);
}

/** Freezes a running container; throws ApiError 409 in any other state. */
export function pause(world: DemoWorld, container: DemoContainer): void {
  if (container.status === "paused") fail(409, `Container ${container.id} is already paused`);
  if (container.status === "restarting")
    fail(409, `Container ${container.id} is restarting, wait until the container is running`);
  if (container.status !== "running") fail(409, `Container ${container.id} is not running`);
  world.tell(move(world, container, "paused"), "pause");
}

/** Lets a paused container run on; throws ApiError 409 when it is not paused. */
export function unpause(world: DemoWorld, container: DemoContainer): void {
  if (container.status !== "paused") fail(409, `Container ${container.id} is not paused`);
  world.tell(move(world, container, "running"), "unpause");
}
