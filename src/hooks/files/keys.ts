import type { Binding } from "../../actions/binding.ts";
import type { Folder } from "../../actions/containers/files/files.ts";
import type { FileItem } from "../../actions/containers/files/items.ts";
import { leaveFiles } from "../../actions/containers/files/open.ts";
import type { Session } from "../../actions/session.ts";
import { clear } from "../list/edits.ts";
import type { List } from "../list/list.ts";

/** A folder of a container on the screen. */
export type FilesPlace = { list: List<FileItem>; folder: Folder; session: Session };

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
  {
    id: "files-back",
    keys: ["q", "ctrl+c", "esc"],
    label: "back",
    help: "Leave the files of the container; Esc clears the query and the marks first",
    footer: 6.5,
    run({ list, session }, key) {
      const { query, marks } = list.get();
      if (key === "esc" && (query.text !== "" || marks.size > 0))
        clear(list as unknown as Parameters<typeof clear>[0]);
      else leaveFiles(session);
    },
  },
];
