import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { jsonTree } from "../../../src/hooks/tree/json-tree.ts";
import { createTree, createTreeState, type TreeNode } from "../../../src/hooks/tree/tree.ts";
import { hostile } from "../../format/hostile.ts";

const answer = {
  Id: "4f",
  State: { Pid: 7, Health: { Log: [{ Output: "ok" }, { Output: "bad" }] } },
  Labels: { "a.b": "c" },
};

function open() {
  const state = createTreeState();
  const tree = createTree(jsonTree(answer), state);
  const texts = () =>
    tree
      .rows()
      .map(
        ({ node, level, open }) =>
          `${"  ".repeat(level)}${open ? "-" : node.children.length > 0 ? "+" : " "}${node.text}`,
      );
  return { tree, texts, state };
}

describe("a tree of JSON", () => {
  test("is folded at first, and says how much is in what", () => {
    expect(open().texts()).toEqual([' Id: "4f"', "+State: {2}", "+Labels: {1}"]);
  });

  test("paths are those of jq", () => {
    const paths = (nodes: readonly TreeNode[]): string[] =>
      nodes.flatMap(({ path, children }) => [path, ...paths(children)]);
    expect(paths(jsonTree(answer))).toEqual([
      ".Id",
      ".State",
      ".State.Pid",
      ".State.Health",
      ".State.Health.Log",
      ".State.Health.Log[0]",
      ".State.Health.Log[0].Output",
      ".State.Health.Log[1]",
      ".State.Health.Log[1].Output",
      ".Labels",
      '.Labels["a.b"]',
    ]);
  });

  test("opens and closes under the cursor; closing what is closed goes to what holds it", () => {
    const { tree, texts } = open();
    tree.moveTo(1);
    tree.turn("open");
    expect(texts()).toEqual([' Id: "4f"', "-State: {2}", "   Pid: 7", "  +Health: {1}", "+Labels: {1}"]);
    tree.moveTo(2);
    tree.turn("closed");
    expect(tree.current()?.path).toBe(".State");
    tree.turn("closed");
    expect(texts()).toHaveLength(3);
  });

  test("everything opens and closes at once, and the cursor stays in what it was in", () => {
    const { tree, texts } = open();
    tree.turnAll();
    expect(texts()).toHaveLength(11);
    tree.moveTo(6);
    tree.turnAll();
    expect([texts().length, tree.current()?.path]).toEqual([3, ".State"]);
  });

  test("a search finds in what is folded, opens the way to it, and goes around", () => {
    const { tree, state } = open();
    state.set((before) => ({ ...before, search: "output" }));
    expect([tree.matches(), tree.jump(1), tree.current()?.value]).toEqual([2, true, "ok"]);
    tree.jump(1);
    expect(tree.current()?.path).toBe(".State.Health.Log[1].Output");
    tree.jump(1);
    expect(tree.current()?.path).toBe(".State.Health.Log[0].Output");
    tree.jump(-1);
    expect(tree.current()?.value).toBe("bad");
    state.set((before) => ({ ...before, search: "nowhere" }));
    expect(tree.jump(1)).toBe(false);
  });

  test("the cursor stays on its path when the content is loaded anew", () => {
    const { tree, state } = open();
    tree.moveTo(1);
    tree.turn("open");
    tree.moveTo(2);
    const again = createTree(jsonTree({ Name: "new", ...answer }), state);
    expect(again.current()?.path).toBe(".State.Pid");
  });

  test("a copied value is JSON, a text is itself", () => {
    const [id, state] = jsonTree(answer);
    expect(id?.value).toBe("4f");
    expect(JSON.parse(state?.value ?? "")).toEqual(answer.State);
  });

  test("no text of a stranger is a control sequence on the screen", () => {
    fc.assert(
      fc.property(fc.dictionary(hostile, hostile), (value) => {
        const shown = jsonTree({ value, list: [value] });
        const all = (nodes: readonly TreeNode[]): string[] =>
          nodes.flatMap((node) => [node.text, node.path, ...all(node.children)]);
        for (const text of all(shown)) expect(text).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      }),
    );
  });
});
