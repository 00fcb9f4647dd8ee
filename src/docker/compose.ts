import { spawn } from "node:child_process";
import { statSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { composeLabels } from "./compose-labels.ts";
import type { Endpoint } from "./endpoint.ts";
import { createTextLines } from "./text-lines.ts";

/** A project as Compose wrote it on the labels of its containers; paths are those of the machine it ran on. */
export type Project = {
  name: string;
  workingDir: string;
  files: readonly string[];
  envFiles: readonly string[];
};

/** The compose command of this machine, against the engine that dockui looks at. */
export type Compose = {
  /** Why that project cannot be worked on from here; undefined when it can. What needs no files needs the command only. */
  unavailable(project: Project, needs: "files" | "command"): string | undefined;
  /** The whole command line for those arguments ("up", "--detach"). */
  words(project: Project, args: readonly string[]): readonly string[];
  /** Runs it; resolves with its exit code. Aborting interrupts it as ctrl+c would. Rejects when it cannot start. */
  run(
    words: readonly string[],
    options: { onLine(stream: "out" | "err", text: string): void; signal: AbortSignal },
  ): Promise<number>;
};

/** The project on the labels of a container; undefined when Compose did not make it. */
export function projectOf(labels: Readonly<Record<string, string>>): Project | undefined {
  const found = composeLabels(labels);
  if (!found) return undefined;
  const { project, workingDir, configFiles, envFiles } = found;
  const inProject = (file: string) => resolve(workingDir || "/", file);
  return {
    name: project,
    workingDir,
    files: configFiles.map(inProject),
    envFiles: envFiles.map(inProject),
  };
}

/** Compose for that engine with this process's environment; it is looked for when it is first wanted. */
export function createCompose(endpoint: Endpoint, env: NodeJS.ProcessEnv): Compose {
  let found: readonly string[] | undefined | "unknown" = "unknown";
  const command = () => {
    if (found === "unknown") found = findCompose(env);
    return found;
  };
  return {
    unavailable({ files, workingDir }, needs) {
      if (!command()) return "docker compose is not installed on this machine.";
      if (needs === "command") return undefined;
      if (files.length === 0) return "its labels do not say where its compose file is.";
      const missing = files.find((file) => !exists(file)) ?? (exists(workingDir) ? undefined : workingDir);
      return missing === undefined ? undefined : `${missing} is not on this machine.`;
    },
    words({ name, workingDir, files, envFiles }, args) {
      const head = [...(command() ?? ["docker", "compose"]), "--project-name", name];
      // Compose finds the containers of a project by its name alone; a part of its files would be another project.
      if (![workingDir, ...files, ...envFiles].every(exists)) return [...head, ...args];
      return [
        ...head,
        ...["--project-directory", workingDir],
        ...files.flatMap((file) => ["--file", file]),
        ...envFiles.flatMap((file) => ["--env-file", file]),
        ...args,
      ];
    },
    run: (words, options) => run(words, environment(endpoint, env), options),
  };
}

/** The same engine as dockui's, whatever context is chosen, and no colours or bars. */
function environment(endpoint: Endpoint, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { DOCKER_CONTEXT: _, ...rest } = env;
  const host =
    endpoint.kind === "unix" ? `unix://${endpoint.path}` : `tcp://${endpoint.host}:${endpoint.port}`;
  return { ...rest, DOCKER_HOST: host, COMPOSE_ANSI: "never", COMPOSE_PROGRESS: "plain", NO_COLOR: "1" };
}

/** Where the docker command looks for its plugins (docker/cli, cli-plugins/manager). */
const pluginFolders = [
  "/usr/local/lib/docker/cli-plugins",
  "/usr/local/libexec/docker/cli-plugins",
  "/usr/lib/docker/cli-plugins",
  "/usr/libexec/docker/cli-plugins",
];

/** `docker compose` where docker and the plugin are installed, else the older docker-compose. */
function findCompose(env: NodeJS.ProcessEnv): readonly string[] | undefined {
  const own = join(env.DOCKER_CONFIG ?? join(env.HOME ?? homedir(), ".docker"), "cli-plugins");
  const inPath = (name: string) =>
    (env.PATH ?? "").split(delimiter).some((folder) => folder !== "" && exists(join(folder, name)));
  const plugin = [own, ...pluginFolders].some((folder) => exists(join(folder, "docker-compose")));
  if (plugin && inPath("docker")) return ["docker", "compose"];
  return inPath("docker-compose") ? ["docker-compose"] : undefined;
}

function exists(path: string): boolean {
  return path !== "" && statSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** Not where dockui was started: a compose file that happens to lie there is none of the project's. */
const cwd = "/";

/** After an interrupt it may put its things in order for so long, in ms. */
const graceMs = 10_000;

function run(
  [program = "", ...args]: readonly string[],
  env: NodeJS.ProcessEnv,
  { onLine, signal }: Parameters<Compose["run"]>[1],
): Promise<number> {
  return new Promise((done, fail) => {
    const child = spawn(program, args, { env, cwd, stdio: ["ignore", "pipe", "pipe"] });
    const end = () => {
      child.kill("SIGINT");
      setTimeout(() => child.kill("SIGKILL"), graceMs).unref();
    };
    const lines = {
      out: createTextLines((text) => onLine("out", text)),
      err: createTextLines((text) => onLine("err", text)),
    };
    child.stdout.on("data", lines.out.write);
    child.stderr.on("data", lines.err.write);
    child.once("error", fail);
    child.once("close", (code) => {
      signal.removeEventListener("abort", end);
      lines.out.end();
      lines.err.end();
      if (signal.aborted) fail(signal.reason);
      else done(code ?? 137);
    });
    if (signal.aborted) end();
    else signal.addEventListener("abort", end, { once: true });
  });
}
