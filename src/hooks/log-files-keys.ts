import type { Binding } from "../actions/binding.ts";
import { backKey, type ListInView } from "./list/back-key.ts";

/** The keys of the log files beside those of their list. */
export const logFilesKeys: readonly Binding<ListInView>[] = [backKey("log-files-back")];
