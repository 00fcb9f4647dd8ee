import { expect, test } from "vitest";
import { removeItem } from "../../../src/actions/clean-up/remove-item.ts";
import type { Engine } from "../../../src/docker/engine.ts";
import { itemOf, worldOf } from "./world.ts";

const id = `sha256:${"ab".repeat(32)}`;
const item = itemOf(worldOf({ images: [{ id, tags: ["app:1", "other:1"] }] }), "app:1");

/** An engine with that image, and what was asked of it. */
function engineOf(names: readonly string[], change: Partial<Engine> = {}) {
  const asked: string[] = [];
  const engine = {
    endpoint: { kind: "unix", path: "/d.sock", label: "/d.sock" },
    namesOfImage: async () => names,
    containers: async () => [],
    allImages: async () => [{ id }],
    image: async () => ({ Id: id }),
    async removeImage(reference: string, { allNames = false } = {}) {
      asked.push(`${reference}${allNames ? " with all names" : ""}`);
      if (!allNames) throw fault("must be forced) - image is referenced in multiple repositories");
      return { untagged: names, deleted: [id] };
    },
    ...change,
  } as unknown as Engine;
  return { engine, asked };
}

const fault = (why: string) =>
  Object.assign(new Error("conflict"), { statusCode: 409, json: { message: `conflict: (${why}` } });

test("of several repositories it goes by its id too", async () => {
  const { engine, asked } = engineOf(["app:1", "other:1"]);
  expect(await removeItem(engine, item)).toEqual({});
  expect(asked).toEqual([id, `${id} with all names`]);
});

test("its id behind a repository is no other name, as containerd's store tells it", async () => {
  const { engine } = engineOf(["app:1", "other:1", `app@${id}`, `other@${id}`]);
  expect(await removeItem(engine, item)).toEqual({});
  const other = engineOf(["app:1", "other:1", `app@sha256:${"cd".repeat(32)}`]);
  await expect(removeItem(other.engine, item)).rejects.toThrow("It was called app@sha256:cdcd");
});

test("it is left alone when a container came in between, which force would pass by", async () => {
  const user = { id: "u", name: "user", imageId: id };
  const { engine, asked } = engineOf(["app:1", "other:1"], { containers: async () => [user] as never });
  await expect(removeItem(engine, item)).rejects.toThrow("user uses it now.");
  expect(asked).toEqual([id]);
});

test("where others are built on it its names go, but none that stands for another image by then", async () => {
  const held = fault("cannot be forced) - image has dependent child images");
  const gone: string[] = [];
  const { engine } = engineOf(["app:1", "other:1"], {
    image: async (name) => ({ Id: name === "other:1" ? "sha256:new" : id }),
    async removeImage(reference) {
      if (reference === id) throw held;
      gone.push(reference);
      return { untagged: [reference], deleted: [] };
    },
  });
  const left = await removeItem(engine, item).catch((error: unknown) => error);
  expect(left).toMatchObject({
    message: "app:1 went; then: other:1 is the name of another image now.",
    undo: { what: "The image abababababab is called app:1 again." },
  });
  expect(gone).toEqual(["app:1"]);
});

test("who did not delete it does not say so", async () => {
  const { engine } = engineOf(["app:1", "other:1"], {
    removeImage: () => Promise.reject(new Error("unrecognized image ID")),
    allImages: async () => [],
  });
  await expect(removeItem(engine, item)).rejects.toThrow("It was gone already.");
});
