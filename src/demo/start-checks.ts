import { isLive } from "./container-filters.ts";
import { fail } from "./http.ts";
import { missingNetwork } from "./networking.ts";
import type { DemoContainer } from "./types.ts";
import type { DemoWorld } from "./world.ts";

/** Programs that every image of the simulated world has beside its own. */
const programs = new Set(
  "sh ash bash sleep echo env cat ls tail head top ping date id true false nginx sed awk grep wget curl".split(
    " ",
  ),
);

/** Throws ApiError 404 when a network is gone, 500 when a port of the host is taken, 400 when the program is not in the image. */
export function checkStart(world: DemoWorld, container: DemoContainer): void {
  const missing = missingNetwork(world, container);
  if (missing !== undefined)
    refuse(world, container, { status: 404, exitCode: 128 }, `network ${missing} not found`);
  const others = [...world.containers.values()].filter((other) => other.id !== container.id && isLive(other));
  for (const { publicPort, type, ip = "0.0.0.0" } of container.ports) {
    const taken = others.some(({ ports }) =>
      ports.some((port) => publicPort !== undefined && port.publicPort === publicPort && port.type === type),
    );
    if (!taken) continue;
    const where = `driver failed programming external connectivity on endpoint ${container.name}`;
    refuse(
      world,
      container,
      { status: 500, exitCode: 128 },
      `${where}: Bind for ${ip}:${publicPort} failed: port is already allocated`,
    );
  }
  const [program = ""] = container.command;
  const own = world.images.get(container.imageId)?.command[0];
  if (container.asked === undefined || program === own || program.startsWith("/") || programs.has(program))
    return;
  const exec = `exec: "${program}": executable file not found in $PATH: unknown`;
  const task = "failed to create task for container: failed to create shim task: OCI runtime create failed";
  refuse(
    world,
    container,
    { status: 400, exitCode: 127 },
    `${task}: runc create failed: unable to start container process: ${exec}`,
  );
}

/** What could not be started keeps the reason, or goes when it was to be removed at its end. */
function refuse(
  world: DemoWorld,
  container: DemoContainer,
  { status, exitCode }: { status: number; exitCode: number },
  message: string,
): never {
  if (container.autoRemove) world.remove(container.id);
  else
    world.patch(container.id, {
      exitCode: exitCode === 128 ? container.exitCode || 128 : exitCode,
      error: message,
    });
  return fail(status, message);
}
