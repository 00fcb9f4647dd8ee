import type { Binding } from "../../actions/binding.ts";
import { backKey, type ListInView } from "../list/back-key.ts";

/** The keys of processes beside those of their list. */
export const processKeys: readonly Binding<ListInView>[] = [backKey("processes-back")];
