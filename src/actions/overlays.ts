import type { Container } from "../docker/containers.ts";
import type { Store } from "../docker/store.ts";
import type { Bound } from "./binding.ts";
import type { CleanUpPlan } from "./clean-up/open.ts";
import type { CleanUpRun } from "./clean-up/run.ts";
import type { Folder } from "./containers/files/files.ts";
import type { FileItem } from "./containers/files/items.ts";
import type { Output } from "./output.ts";
import type { Question } from "./question.ts";

/** What asks something, at the lower end of the screen. */
export type DialogOverlay =
  | { kind: "question"; question: Question }
  | { kind: "preparing"; title: string; giveUp(): void }
  | { kind: "palette"; bindings: readonly Bound[] };

/** What is shown in place of the list. */
export type ViewOverlay =
  | { kind: "help"; bindings: readonly Bound[] }
  | { kind: "journal" }
  | { kind: "details"; container: Container }
  | { kind: "inspect"; container: Container }
  | { kind: "text"; title: string; text: string }
  | { kind: "json"; title: string; value: unknown }
  | { kind: "logs"; containers: readonly Container[] }
  | { kind: "stats"; containers: readonly Container[] }
  | { kind: "processes"; container: Container }
  | { kind: "changes"; container: Container }
  | { kind: "output"; output: Output }
  | { kind: "files"; folder: Folder; at?: string }
  | { kind: "file"; file: FileItem }
  | { kind: "log-files" }
  | { kind: "clean-up"; plan: CleanUpPlan }
  | { kind: "clean-up-run"; run: CleanUpRun };

/** What lies over the list, as data; the last one is on top. */
export type Overlay = DialogOverlay | ViewOverlay;

/** Whether an overlay asks something, so that what it is about stays in sight. */
export function isDialog(overlay: Overlay): overlay is DialogOverlay {
  const { kind } = overlay;
  return kind === "question" || kind === "preparing" || kind === "palette";
}

type Overlaid = { overlays: Store<readonly Overlay[]> };

/** Lays something over the list. */
export function openOverlay(session: Overlaid, overlay: Overlay): void {
  session.overlays.set((all) => [...all, overlay]);
}

/** Takes the uppermost away. */
export function closeOverlay(session: Overlaid): void {
  session.overlays.set((all) => all.slice(0, -1));
}
