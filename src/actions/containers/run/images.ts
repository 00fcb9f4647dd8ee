import type { Image } from "../../../docker/images.ts";

/** Whether one of these images is meant by that name, as docker finds it: by name, digest or id. */
export function hasImage(images: readonly Image[], reference: string): boolean {
  const name = familiar(reference);
  const tagged = /:[^/]*$/.test(name) || name.includes("@") ? name : `${name}:latest`;
  const [repository, digest] = [name.replace(/(:[^/:@]*)?@.*$/, ""), name.split("@")[1]];
  const hex = /^(?:sha256:)?([0-9a-f]{4,64})$/.exec(reference)?.[1];
  return images.some(
    ({ id, tags, digests }) =>
      tags.includes(tagged) ||
      (digest !== undefined && digests.includes(`${repository}@${digest}`)) ||
      (hex !== undefined && id.startsWith(`sha256:${hex}`)),
  );
}

/** Docker's own registry goes unsaid in the lists of an engine. */
function familiar(reference: string): string {
  return reference.replace(/^(?:index\.)?docker\.io\//, "").replace(/^library\//, "");
}
