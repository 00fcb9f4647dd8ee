import type { ComponentType } from "react";
import type { ViewOverlay } from "../actions/overlays.ts";
import { Help } from "../ui/help.tsx";
import { Changes } from "./changes.tsx";
import { CleanUpPlanView } from "./clean-up/plan-view.tsx";
import { CleanUpRunView } from "./clean-up/run-view.tsx";
import { Details } from "./details/details.tsx";
import { LogFiles } from "./disk/log-files-view.tsx";
import { FileView } from "./files/file-view.tsx";
import { Files } from "./files/files-view.tsx";
import { Inspect } from "./inspect.tsx";
import { Journal } from "./journal-view.tsx";
import { JsonView } from "./json.tsx";
import { Logs } from "./logs.tsx";
import { OutputView } from "./output.tsx";
import { Processes } from "./processes-view.tsx";
import { Stats } from "./stats/stats.tsx";
import { TextView } from "./text.tsx";

/** Where a view stands: `y` is the row of the screen it begins in. */
export type Room = { columns: number; rows: number; y: number };

/** What a view of that kind is given. */
export type ViewProps<Kind extends ViewOverlay["kind"]> = Room & {
  overlay: Extract<ViewOverlay, { kind: Kind }>;
};

/** How each kind of view is shown. */
const views: { [Kind in ViewOverlay["kind"]]: ComponentType<ViewProps<Kind>> } = {
  help: Help,
  journal: Journal,
  details: Details,
  inspect: Inspect,
  text: TextView,
  json: JsonView,
  logs: Logs,
  output: OutputView,
  stats: Stats,
  processes: Processes,
  changes: Changes,
  files: (props) => <Files key={props.overlay.folder.path} {...props} />,
  file: FileView,
  "log-files": LogFiles,
  "clean-up": CleanUpPlanView,
  "clean-up-run": CleanUpRunView,
};

/** Whatever lies over the list. */
export function View(props: ViewProps<ViewOverlay["kind"]>) {
  const Shown = views[props.overlay.kind] as ComponentType<typeof props>;
  return <Shown {...props} />;
}
