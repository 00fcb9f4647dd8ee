import { useMemo } from "react";
import { maskedJson } from "../format/secrets/masked.ts";
import { jsonTree } from "../hooks/tree/json-tree.ts";
import { createTree, createTreeState } from "../hooks/tree/tree.ts";
import { useAnswer } from "../hooks/use-answer.ts";
import { useKept } from "../hooks/use-kept.ts";
import { useSecrets } from "../hooks/use-secrets.ts";
import { useSession } from "../hooks/use-session.ts";
import { TreeView } from "../ui/tree-view.tsx";
import type { ViewProps } from "./views.tsx";

/** Everything the engine knows of a container, as JSON that folds. */
export function Inspect({ overlay, ...room }: ViewProps<"inspect">) {
  const { container } = overlay;
  const { engine } = useSession();
  const state = useKept(overlay, "tree", createTreeState);
  const { answer, problem } = useAnswer(container.id, (signal) => engine.inspect(container.id, signal));
  const empty = problem?.message ?? "Asking the engine …";
  const { revealed, secrets } = useSecrets(overlay);
  const shown = useMemo(() => (revealed ? answer : maskedJson(answer)), [answer, revealed]);
  const tree = useMemo(() => createTree(jsonTree(shown), state), [shown, state]);
  const stale = answer !== undefined && problem ? `: this was known last. ${problem.message}` : "";
  const title = `Inspect ${container.name}${stale}`;
  return <TreeView {...{ title, tree, empty, ...room }} bindings={secrets} />;
}
