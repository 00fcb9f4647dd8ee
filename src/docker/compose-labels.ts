/** What Compose writes on the labels of a container: paths as they were given, of the machine it ran on. */
export type ComposeLabels = {
  project: string;
  /** "" where there is none. */
  service: string;
  workingDir: string;
  configFiles: readonly string[];
  envFiles: readonly string[];
};

/** Those labels; undefined when Compose did not make the container. */
export function composeLabels(labels: Readonly<Record<string, string>>): ComposeLabels | undefined {
  const read = (name: string) => labels[`com.docker.compose.${name}`] ?? "";
  const list = (name: string) => read(name).split(",").filter(Boolean);
  const project = read("project");
  if (project === "") return undefined;
  return {
    project,
    service: read("service"),
    workingDir: read("project.working_dir"),
    configFiles: list("project.config_files"),
    envFiles: list("project.environment_file"),
  };
}
