import fc from "fast-check";
import { expect, test } from "vitest";
import type { ChangedFile } from "../../../src/docker/inside/changed-files.ts";
import { changeCounts, changesTree } from "../../../src/hooks/tree/changes-tree.ts";
import { createTree, createTreeState, type TreeNode } from "../../../src/hooks/tree/tree.ts";
import { expectLinear } from "../../linear.ts";

const name = fc.stringMatching(/^[a-c]{1,2}$/);
const files = fc
  .uniqueArray(fc.array(name, { minLength: 1, maxLength: 4 }), { selector: (parts) => parts.join("/") })
  .chain((paths) =>
    fc.tuple(
      ...paths.map((parts) =>
        fc
          .constantFrom("added", "changed", "removed")
          .map((kind) => ({ path: `/${parts.join("/")}`, kind }) as ChangedFile),
      ),
    ),
  );

test("every change is in the tree once, below its folders", () => {
  fc.assert(
    fc.property(files, (all) => {
      const seen: string[] = [];
      const look = (nodes: readonly TreeNode[], above: string) => {
        for (const { path, children, tone } of nodes) {
          expect(path.startsWith(`${above}/`)).toBe(true);
          if (tone) seen.push(path);
          look(children, path);
        }
      };
      const roots = changesTree(all);
      look(roots, "");
      expect(seen.toSorted()).toEqual(all.map(({ path }) => path).sort());
      const letters = { added: "A", changed: "C", removed: "D" };
      const lines = roots.flatMap(({ value }) => value.split("\n")).filter((line) => line !== "");
      expect(lines.toSorted()).toEqual(all.map(({ path, kind }) => `${letters[kind]} ${path}`).sort());
    }),
  );
});

test("counts name only what there is", () => {
  const file = (path: string, kind: ChangedFile["kind"]) => ({ path, kind });
  expect(changeCounts([])).toBe("");
  expect(changeCounts([file("/a", "removed"), file("/b", "added"), file("/c", "added")])).toBe(
    "2 added (A) · 1 removed (D)",
  );
});

test("many changes are opened, walked and searched in linear time", () => {
  expectLinear((size) => {
    const all = Array.from({ length: size }, (_, index) => ({
      path: `/srv/${index % 300}/deep/file-${index}`,
      kind: "added" as const,
    }));
    const tree = createTree(changesTree(all), createTreeState());
    tree.turnAll();
    for (let step = 0; step < 200; step += 1) tree.moveTo(tree.index() + 100);
    tree.state.set((before) => ({ ...before, search: "file-9" }));
    for (let step = 0; step < 50; step += 1) tree.jump(1);
    expect(tree.matches()).toBe(all.filter(({ path }) => path.includes("file-9")).length);
  }, 40_000);
});
