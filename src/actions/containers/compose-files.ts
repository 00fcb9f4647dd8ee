import { type Project, projectOf } from "../../docker/compose.ts";
import type { Container } from "../../docker/containers.ts";
import type { Image } from "../../docker/images.ts";

/** A project as some of its containers tell it; they may disagree on its files. */
export type Told = {
  project: Project;
  /** Who tells it so. */
  names: readonly string[];
  /** Those labels came with the image, so that not Compose wrote them but whoever made that. */
  byImage: boolean;
};

/** What is read of the labels; who writes them chooses what Compose runs as the person who says yes. */
const labels = ["working_dir", "config_files", "environment_file"].map(
  (name) => `com.docker.compose.project.${name}`,
);

/** How the containers of one project tell it: what most of them say first, what only images say last. */
export function toldBy(containers: readonly Container[], images: readonly Image[]): readonly Told[] {
  const imageOf = new Map(images.map((image) => [image.id, image]));
  const all = new Map<string, Told>();
  for (const container of containers) {
    const project = projectOf(container.labels);
    if (!project) continue;
    const image = imageOf.get(container.imageId)?.labels ?? {};
    const own = labels.filter((label) => container.labels[label] !== undefined);
    const byImage = own.some((label) => image[label] === container.labels[label]);
    const key = JSON.stringify(project);
    const before = all.get(key) ?? { project, names: [], byImage };
    all.set(key, {
      project,
      names: [...before.names, container.name],
      byImage: before.byImage && byImage,
    });
  }
  return [...all.values()].sort(
    (a, b) => Number(a.byImage) - Number(b.byImage) || b.names.length - a.names.length,
  );
}

/** What Compose would read of a project, in a line. */
export function filesText({ files, envFiles, workingDir }: Project): string {
  const read = files.length === 0 ? "no files" : files.join(", ");
  return [
    read,
    ...(envFiles.length === 0 ? [] : [`with ${envFiles.join(", ")}`]),
    ...(workingDir === "" ? [] : [`in ${workingDir}`]),
  ].join(" ");
}

/** What a person should know of where the files come from; undefined when all agree and Compose said so itself. */
export function doubtsOf(told: readonly Told[]): string | undefined {
  const images = told.filter(({ byImage }) => byImage).flatMap(({ names }) => names);
  const sentences = [
    told.length < 2
      ? ""
      : `Its containers disagree on what Compose reads: ${told
          .map(({ project, names }) => `${names.join(", ")}: ${filesText(project)}`)
          .join("; ")}.`,
    images.length === 0
      ? ""
      : `What ${images.join(", ")} ${images.length === 1 ? "says" : "say"} of it came with the image, not from Compose.`,
  ].filter(Boolean);
  return sentences.length === 0 ? undefined : sentences.join(" ");
}
