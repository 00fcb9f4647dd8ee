import type { Binding } from "../../actions/binding.ts";
import { backKey, type ListInView } from "../list/back-key.ts";

/** The keys of the journal beside those of its list. */
export const journalKeys: readonly Binding<ListInView>[] = [backKey("journal-back")];
