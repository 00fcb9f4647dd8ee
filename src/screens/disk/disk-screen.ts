import { openCleanUp } from "../../actions/clean-up/open.ts";
import { sizeText } from "../../actions/clean-up/words.ts";
import { createDiskSource } from "../../actions/disk/source.ts";
import type { DiskUsage } from "../../actions/disk/usage.ts";
import type { ListScreen } from "../../actions/list-screen.ts";
import { openOverlay } from "../../actions/overlays.ts";
import type { Session } from "../../actions/session.ts";
import { bar } from "../../format/bar.ts";
import { decimalSize } from "../../format/size.ts";

/** What fills the disk, a line for each kind; Enter goes into one. */
export const diskScreen: ListScreen<DiskUsage> = {
  id: "disk",
  title: "Disk",
  noun: ["kind", "kinds"],
  source: createDiskSource,
  columns: [
    {
      ...{ id: "name", title: "KIND", min: 11, max: 14, rank: 0 },
      text: ({ title }) => title,
    },
    {
      ...{ id: "size", title: "SIZE", min: 7, max: 9, rank: 1, align: "right" },
      text: ({ size }) => (size === undefined ? "?" : decimalSize(size)),
      sort: ({ size }) => size,
      descending: true,
    },
    {
      ...{ id: "reclaimable", title: "CAN GO", min: 7, max: 9, rank: 2, align: "right" },
      text: ({ reclaimable, atMost, about }) =>
        reclaimable === undefined ? "" : sizeText({ size: reclaimable, atMost, about }),
      sort: ({ reclaimable }) => reclaimable,
      descending: true,
    },
    {
      ...{ id: "bar", title: "█ NEEDED ░ CAN GO", min: 12, max: 30, rank: 4 },
      text: ({ size, share, reclaimable = 0 }) =>
        size === undefined ? "" : bar({ share, hollow: size === 0 ? 0 : reclaimable / size }, 30),
      tone: () => "accent",
    },
    {
      ...{ id: "count", title: "COUNT", min: 5, max: 7, rank: 3, align: "right" },
      text: ({ count }) => String(count),
      sort: ({ count }) => count,
      descending: true,
    },
    {
      ...{ id: "active", title: "NEEDED", min: 6, max: 7, rank: 5, align: "right" },
      text: ({ active, id }) => (id === "log" ? "" : String(active)),
      tone: () => "dim",
    },
    {
      ...{ id: "note", title: "NOTE", min: 10, max: 100, rank: 6, optional: true },
      text: ({ note = "" }) => note,
      tone: () => "warn",
    },
  ],
  sortedBy: "size",
  fills: true,
  name: ({ title }) => title,
  search: ({ title }) => ({ fields: { name: title }, labels: {}, exact: { name: [title] } }),
  empty: "Nothing is known yet.",
  actions: [
    {
      id: "drill",
      on: "row",
      keys: ["enter"],
      label: "open",
      help: "Go into a kind: every object by size, who uses it, and why it can go or cannot",
      footer: 1,
      unavailable: () => undefined,
      command: () => "docker system df -v",
      open: drillInto,
    },
  ],
};

function drillInto({ id }: DiskUsage, session: Session): void {
  if (id === "log") openOverlay(session, { kind: "log-files" });
  else openCleanUp(session, { kind: id, ticked: false });
}
