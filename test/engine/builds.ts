import { readFileSync } from "node:fs";
import { buffer } from "node:stream/consumers";
import Docker from "dockerode";
import { pack } from "tar-stream";
import type { EngineAccess } from "./private-engine.ts";

/** A Dockerfile line that writes so many megabytes (of 1,000,000 bytes) to a file. */
export function fill(file: string, megabytes: number): string {
  return `RUN ["/bin/busybox","dd","if=/dev/urandom","of=${file}","bs=1000000","count=${megabytes}"]`;
}

/** The beginning of a Dockerfile with busybox in it. */
export const fromScratch = ["FROM scratch", "COPY busybox /bin/busybox"];

/** Builds an image without BuildKit, which leaves a nameless image for each line; without a tag it is dangling. */
export async function build(engine: EngineAccess, lines: readonly string[], tag?: string): Promise<void> {
  const query = { ...(tag === undefined ? {} : { t: tag }), networkmode: "none", rm: true, nocache: true };
  const docker = new Docker({ socketPath: engine.socketPath });
  const answer = await docker.buildImage(contextOf(lines) as unknown as NodeJS.ReadableStream, query);
  await finished(docker, answer);
}

/** The port, in the engine's own network, that BuildKit takes a context from. */
const contextPort = 8099;

/**
 * Builds an image with BuildKit, which fills the build cache. Without a client of its own it takes what it builds from
 * a web server only: one runs in a container meanwhile, since the engine has a network of its own.
 */
export async function buildWithBuildKit(
  engine: EngineAccess,
  lines: readonly string[],
  tag: string,
): Promise<void> {
  const docker = new Docker({ socketPath: engine.socketPath });
  const server = await docker.createContainer({
    Image: "dockui-test/busybox",
    Cmd: ["httpd", "-f", "-p", `${contextPort}`, "-h", "/tmp"],
    HostConfig: { NetworkMode: "host" },
  });
  try {
    const outer = pack();
    outer.entry({ name: "context.tar" }, await buffer(contextOf(lines)));
    outer.finalize();
    await server.putArchive(outer as unknown as NodeJS.ReadableStream, { path: "/tmp" });
    await server.start();
    const remote = `http://127.0.0.1:${contextPort}/context.tar`;
    const query = { version: "2", t: tag, networkmode: "none", remote };
    const request = {
      path: "/build?",
      method: "POST",
      options: query,
      isStream: true,
      statusCodes: { 200: true },
    };
    const answer = await new Promise<NodeJS.ReadableStream>((resolve, reject) =>
      docker.modem.dial(request as never, (error, stream) =>
        error ? reject(error) : resolve(stream as NodeJS.ReadableStream),
      ),
    );
    await finished(docker, answer);
  } finally {
    await server.remove({ force: true });
  }
}

function contextOf(lines: readonly string[]) {
  const tar = pack();
  tar.entry({ name: "Dockerfile" }, `${lines.join("\n")}\n`);
  tar.entry({ name: "busybox", mode: 0o755 }, readFileSync("/bin/busybox"));
  tar.finalize();
  return tar;
}

function finished(docker: Docker, answer: NodeJS.ReadableStream): Promise<void> {
  return new Promise((resolve, reject) =>
    docker.modem.followProgress(answer, (error: Error | null, lines: readonly { error?: string }[] = []) => {
      const failed = lines.find((line) => line.error !== undefined);
      if (error || failed) reject(error ?? new Error(failed?.error));
      else resolve();
    }),
  );
}
