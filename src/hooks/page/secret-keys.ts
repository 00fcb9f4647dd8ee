import type { Binding } from "../../actions/binding.ts";
import type { Store } from "../../docker/store.ts";

/** The key that shows secrets, and hides them again. */
export const secretKeys: readonly Binding<Store<boolean>>[] = [
  {
    id: "reveal",
    keys: ["x"],
    label: "secrets",
    help: "Show what is masked because it looks secret, or mask it again",
    footer: 10,
    run: (revealed) => revealed.set((shown) => !shown),
  },
];
