import { expect, test } from "vitest";
import { doubtsOf, filesText, toldBy } from "../../../src/actions/containers/compose-files.ts";
import type { Image } from "../../../src/docker/images.ts";
import { containerOf } from "../../fake-session.ts";

const labels = (file: string) => ({
  "com.docker.compose.project": "shop",
  "com.docker.compose.project.working_dir": "/srv",
  "com.docker.compose.project.config_files": file,
});
const of = (name: string, file: string, imageId = "sha256:1") =>
  containerOf({ name, labels: labels(file), imageId });
const image = (id: string, found = {}): Image => ({
  ...{ id, tags: [], digests: [], created: 0, size: 0, labels: found },
});

test("nothing is doubted where all containers agree and no image says it", () => {
  const told = toldBy([of("web", "/srv/a.yml"), of("db", "/srv/a.yml")], [image("sha256:1")]);
  expect(told.map(({ names }) => names)).toEqual([["web", "db"]]);
  expect(doubtsOf(told)).toBeUndefined();
});

test("what most say comes first, what an image says last, and the person is told of both", () => {
  const images = [image("sha256:1"), image("sha256:2", labels("/tmp/evil.yml"))];
  const told = toldBy(
    [
      of("a", "/tmp/evil.yml", "sha256:2"),
      of("b", "/tmp/evil.yml", "sha256:2"),
      of("c", "/tmp/evil.yml", "sha256:2"),
      of("web", "/srv/old.yml"),
      of("db", "/srv/a.yml"),
      of("job", "/srv/a.yml"),
    ],
    images,
  );
  expect(told.map(({ project }) => filesText(project))).toEqual([
    "/srv/a.yml in /srv",
    "/srv/old.yml in /srv",
    "/tmp/evil.yml in /srv",
  ]);
  expect(doubtsOf(told)).toBe(
    "Its containers disagree on what Compose reads: db, job: /srv/a.yml in /srv; web: /srv/old.yml in /srv; " +
      "a, b, c: /tmp/evil.yml in /srv. What a, b, c say of it came with the image, not from Compose.",
  );
});

test("an image that is the only one to say so is told too", () => {
  const told = toldBy([of("web", "/srv/a.yml", "sha256:2")], [image("sha256:2", labels("/srv/a.yml"))]);
  expect(doubtsOf(told)).toBe("What web says of it came with the image, not from Compose.");
});
