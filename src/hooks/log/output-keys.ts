import type { Binding } from "../../actions/binding.ts";
import type { Output } from "../../actions/output.ts";

/** The keys of a program's output beside those of a log. */
export const outputKeys: readonly Binding<Output>[] = [
  {
    id: "output-stop",
    keys: ["x"],
    label: "stop",
    help: "Stop it; going back lets it run on, and its end is told",
    footer: 0,
    unavailable: (output) => (output.isRunning() ? undefined : "It is over."),
    command: ({ command }) => command,
    run: (output) => output.cancel(),
  },
];
