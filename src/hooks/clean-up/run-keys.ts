import type { Binding } from "../../actions/binding.ts";
import type { CleanUpRun } from "../../actions/clean-up/run.ts";
import { backKey, type ListInView } from "../list/back-key.ts";

/** A clean-up at work on the screen. */
export type RunPlace = ListInView & { run: CleanUpRun };

/** The keys of a clean-up beside those of its list. */
export const runKeys: readonly Binding<RunPlace>[] = [
  {
    id: "run-stop",
    keys: ["x"],
    label: "stop",
    help: "Stop between two objects: what was begun is finished, the rest stays",
    footer: 1,
    unavailable: ({ run }) => (run.isRunning() ? undefined : "It is over."),
    run: ({ run }) => run.stop(),
  },
  backKey("run-back"),
];
