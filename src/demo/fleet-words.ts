import type { ContainerRecipe, DemoMount, DemoPort } from "./types.ts";

/** A recipe whose times are ages in ms before the world began. */
export type FleetMember = Omit<ContainerRecipe, "created" | "startedAt" | "finishedAt"> & {
  age?: number;
  up?: number;
  ended?: number;
};

/** The labels which compose puts on container `number` of a service. */
export const composeLabels = (project: string, service: string, number = 1): Record<string, string> => ({
  "com.docker.compose.project": project,
  "com.docker.compose.service": service,
  "com.docker.compose.container-number": String(number),
  "com.docker.compose.oneoff": "False",
  "com.docker.compose.project.working_dir": `/srv/${project}`,
  "com.docker.compose.project.config_files": `/srv/${project}/compose.yaml`,
  "com.docker.compose.version": "2.27.0",
});

/** Name, labels and network of container `number` of a compose service; `extra` are more labels. */
export const composed = (
  project: string,
  service: string,
  number = 1,
  extra: Record<string, string> = {},
) => ({
  name: `${project}-${service}-${number}`,
  labels: { ...composeLabels(project, service, number), ...extra },
  networks: [`${project}_default`],
  restartPolicy: "unless-stopped" as const,
});

/** A volume mounted at `destination`. */
export const volume = (name: string, destination: string): DemoMount => ({
  type: "volume",
  name,
  source: `/var/lib/docker/volumes/${name}/_data`,
  destination,
  writable: true,
});

/** A directory of the host mounted read-only at `destination`. */
export const bind = (source: string, destination: string): DemoMount => ({
  type: "bind",
  source,
  destination,
  writable: false,
});

/** A TCP port, published as `publicPort` when given. */
export const tcp = (privatePort: number, publicPort?: number): DemoPort =>
  publicPort === undefined ? { privatePort, type: "tcp" } : { privatePort, type: "tcp", publicPort };
