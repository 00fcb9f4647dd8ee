import type { Binding } from "../../actions/binding.ts";
import { backKey, type ListInView } from "../list/back-key.ts";

function stopMeasuring(id: string): Binding<ListInView> {
  return {
    id,
    keys: ["x"],
    label: "stop measuring",
    help: "Stop measuring the disk; the last figures stay",
    footer: 50,
    unavailable: ({ session }) => (session.survey.get().measuring ? undefined : "Nothing is being measured."),
    run: ({ session }) => session.survey.cancel(),
  };
}

/** The keys of the disk screen beside those of its list. */
export const diskKeys: readonly Binding<ListInView>[] = [stopMeasuring("disk-stop")];

/** The keys of the plan beside those of its list. */
export const planKeys: readonly Binding<ListInView>[] = [
  stopMeasuring("clean-up-stop"),
  backKey("clean-up-back", { keepsMarks: true }),
];
