import type { Binding } from "../../actions/binding.ts";
import type { Folder } from "../../actions/containers/files/files.ts";
import { leaveFiles } from "../../actions/containers/files/open.ts";
import { backKey, type ListInView } from "../list/back-key.ts";

/** A folder of a container on the screen. */
export type FilesPlace = ListInView & { folder: Folder };

const copyOf = ({ session, folder }: FilesPlace) => session.busy.get().get(folder.container.id);

/** The keys of a folder beside those of its list. */
export const filesKeys: readonly Binding<FilesPlace>[] = [
  {
    id: "files-cancel",
    keys: ["x"],
    label: "cancel",
    help: "Cancel the copy of the row, or what is being done to the container; of a copy nothing is left behind",
    footer: 0,
    unavailable: (place) => (copyOf(place) ? undefined : "Nothing is being copied."),
    run: (place) => copyOf(place)?.cancel(),
  },
  backKey("files-back", { leave: ({ session }) => leaveFiles(session), footer: 6.5 }),
];
