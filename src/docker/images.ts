import { labels, list, number, record, text } from "./raw.ts";

/** An image; a dangling one has no tags. Sizes in bytes, times in ms. */
export type Image = {
  id: string;
  tags: readonly string[];
  digests: readonly string[];
  created: number;
  size: number;
  /** The image it was built on, where the engine keeps that (a build without BuildKit). */
  parent?: string;
  labels: Readonly<Record<string, string>>;
};

/** One row of `GET /images/json`. */
export function toImage(value: unknown): Image {
  const raw = record(value);
  const named = (key: string) =>
    list(raw[key])
      .map(text)
      .filter((name) => !name.startsWith("<none>"));
  const parent = text(raw.ParentId);
  return {
    id: text(raw.Id),
    tags: named("RepoTags"),
    digests: named("RepoDigests"),
    created: number(raw.Created) * 1000,
    size: number(raw.Size),
    ...(parent === "" ? {} : { parent }),
    labels: labels(raw.Labels),
  };
}
