import { type PrivateEngine, startPrivateEngine } from "../test/engine/private-engine.ts";
import { importImage } from "../test/engine/test-images.ts";

/** The name of any container of the busy engine, as it stands in a row on the screen. */
export const containerName = /bench-[a-z]+-\d\d/;

const tiers = ["web", "api", "worker", "cache", "database"];

/** Starts a private engine with this many running containers, which do nothing. */
export async function startBusyEngine(containers: number): Promise<PrivateEngine> {
  const engine = await startPrivateEngine();
  try {
    await importImage(engine, "dockui-test/busybox");
    const left = Array.from({ length: containers }, (_, index) => index + 1);
    // The engine takes no advantage of more than a few at a time.
    const worker = async () => {
      for (let index = left.shift(); index !== undefined; index = left.shift()) await runOne(engine, index);
    };
    await Promise.all([worker(), worker(), worker(), worker()]);
    return engine;
  } catch (error) {
    await engine.remove();
    throw error;
  }
}

async function runOne(engine: PrivateEngine, index: number): Promise<void> {
  const tier = tiers[index % tiers.length] ?? "web";
  const number = String(index).padStart(2, "0");
  const labels = [
    `lab:tier=${tier}`,
    "lab:owner=bench",
    `com.docker.compose.project=shop-${index % 4}`,
    `com.docker.compose.service=${tier}`,
    `com.docker.compose.container-number=${index}`,
  ].flatMap((label) => ["--label", label]);
  await engine.docker("run", "-d", "--name", `bench-${tier}-${number}`, ...labels, "dockui-test/busybox");
}
