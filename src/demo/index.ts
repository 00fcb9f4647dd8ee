import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createFaults, type FaultAnswer, type FaultMatch } from "./faults.ts";
import { type FleetSize, populate } from "./fleet.ts";
import { liveOn } from "./life.ts";
import { fill, type WorldPlan } from "./recipes.ts";
import { routesOf } from "./router.ts";
import { createSocketServer, type RecordedRequest } from "./server.ts";
import { createWorld, type DemoWorld } from "./world.ts";

export type { WorldPlan } from "./recipes.ts";
export type { DemoWorld } from "./world.ts";

/** How a demo engine begins. */
export type DemoOptions = FleetSize & {
  /** What it has in place of the fleet. */
  only?: WorldPlan;
  /** Its clock, in ms since 1970. */
  now?: () => number;
  seed?: number;
  /** Lets nothing happen by itself, and nothing take time that is not asked for. */
  quiet?: boolean;
  /** How long it takes to measure the disk. */
  diskUsageMs?: number;
  /** Told of the folder of its socket as soon as that is made. */
  onFolder?: (folder: string) => void;
  /** Refuses to measure the disk while it measures it, as engines before 23 do. */
  oneDiskUsage?: boolean;
};

/** A simulated Docker Engine on a private unix socket. */
export type DemoEngine = {
  readonly socketPath: string;
  /** The last 10,000 requests, paths with query and without version prefix. */
  readonly requests: readonly RecordedRequest[];
  openConnections(): number;
  readonly world: DemoWorld;
  /** Answers the next matching request with an error (status 400 and above), or late (`delayMs`). */
  answerNext(match: FaultMatch, answer: FaultAnswer): void;
  /** From now on takes requests and answers none. */
  hang(): void;
  /** Answers again, also what came while it hung. */
  resume(): void;
  /** Removes the socket and cuts every connection. */
  goDown(): Promise<void>;
  /** Listens again on the same path. */
  comeBack(): Promise<void>;
  /** Ends everything, timers too, and removes the directory. */
  close(): Promise<void>;
};

const diskUsageMs = 400;

/** Starts a simulated Docker Engine; rejects when no socket can be made in the temporary directory. */
export async function startDemoEngine(options: DemoOptions = {}): Promise<DemoEngine> {
  const { now = Date.now, seed = 1, quiet = false } = options;
  const directory = mkdtempSync(join(tmpdir(), "dockui-demo-"));
  options.onFolder?.(directory);
  const socketPath = join(directory, "docker.sock");
  const diskUsage = {
    ms: options.diskUsageMs ?? (quiet ? 0 : diskUsageMs),
    once: options.oneDiskUsage ?? false,
  };
  const world = createWorld({ seed, quiet, now, diskUsage });
  if (options.only === undefined) populate(world, options);
  else fill(world, options.only);
  const faults = createFaults(world.timers);
  const server = createSocketServer({ world, routes: routesOf(world), faults }, socketPath);
  await server.listen();
  if (!quiet) liveOn(world);
  return {
    socketPath,
    requests: server.requests,
    openConnections: server.openConnections,
    world,
    answerNext: faults.answerNext,
    hang: faults.hang,
    resume: faults.resume,
    goDown: server.stop,
    comeBack: server.listen,
    async close() {
      world.close();
      await server.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
