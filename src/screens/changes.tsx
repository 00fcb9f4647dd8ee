import { useMemo } from "react";
import { bind } from "../actions/binding.ts";
import type { Session } from "../actions/session.ts";
import type { ChangedFile } from "../docker/inside/changed-files.ts";
import { createSource, type Source } from "../docker/source.ts";
import type { Store } from "../docker/store.ts";
import { changesKeys } from "../hooks/tree/changes-keys.ts";
import { changeCounts, changesTree } from "../hooks/tree/changes-tree.ts";
import { createTree, createTreeState, type TreeNode, type TreeState } from "../hooks/tree/tree.ts";
import { useKept } from "../hooks/use-kept.ts";
import { useSession } from "../hooks/use-session.ts";
import { useStore } from "../hooks/use-store.ts";
import { TreeView } from "../ui/tree-view.tsx";
import type { ViewProps } from "./views.tsx";

/** A tree of so many changes is open from the beginning. */
const openUpTo = 200;

type Change = ChangedFile & { id: string };

/** What is not in a container as its image has it: `docker diff` as a tree. */
export function Changes({ overlay, ...room }: ViewProps<"changes">) {
  const { container } = overlay;
  const session = useSession();
  const state = useKept(overlay, "tree", () => createTreeState());
  const source = useKept(overlay, "changes", () => changesSource(session, container.id));
  const { items, loadedAt, loading, problem } = useStore(source);
  const tree = useMemo(() => {
    const roots = changesTree(items);
    openAtFirst(state, roots, items.length);
    return createTree(roots, state);
  }, [items, state]);
  const head = `Changed files of ${container.name}`;
  const empty =
    problem?.message ??
    (loadedAt === undefined ? "The engine is looking …" : "Nothing changed since it was created.");
  const said = problem && items.length > 0 ? `these may be old: ${problem.message}` : changeCounts(items);
  const facts = [said, loading && items.length > 0 ? "reading …" : ""].filter((fact) => fact !== "");
  const title = facts.length === 0 ? head : `${head}: ${facts.join(" · ")}`;
  return <TreeView {...{ tree, title, empty, ...room }} bindings={() => bind(changesKeys, source)} />;
}

/** Read once, and again when asked for: it walks files, and nothing tells when one changes. */
function changesSource({ engine, clock }: Session, id: string): Source<Change> {
  const source: Source<Change> = createSource<Change>({
    clock,
    load: async (_ids, signal) =>
      (await engine.changedFiles(id, signal)).map((file) => ({ ...file, id: file.path })),
    follow(refresh) {
      if (source.get().loadedAt === undefined) refresh(undefined);
      return () => {};
    },
  });
  return source;
}

function openAtFirst(state: Store<TreeState>, roots: readonly TreeNode[], count: number): void {
  if (count === 0 || state.get().cursor !== "" || state.get().open.size > 0) return;
  const folders = (nodes: readonly TreeNode[]): string[] =>
    nodes.flatMap(({ path, children }) => (children.length > 0 ? [path, ...folders(children)] : []));
  if (count <= openUpTo) state.set((before) => ({ ...before, open: new Set(folders(roots)) }));
}
