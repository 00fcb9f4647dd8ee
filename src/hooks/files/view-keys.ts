import type { Binding } from "../../actions/binding.ts";
import type { FileItem } from "../../actions/containers/files/items.ts";
import type { Session } from "../../actions/session.ts";
import type { Store } from "../../docker/store.ts";

/** A file on the screen. */
export type FilePlace = { file: FileItem; wraps: Store<boolean>; session: Session };

const copyOf = ({ session, file }: FilePlace) => session.busy.get().get(file.id);

/** The keys of a file that is viewed, beside those of a page of text. */
export const fileKeys: readonly Binding<FilePlace>[] = [
  {
    id: "file-wrap",
    keys: ["w"],
    label: "wrap",
    help: "Wrap long lines, or cut them at the edge",
    footer: 61,
    run: ({ wraps }) => wraps.set((before) => !before),
  },
  {
    id: "file-cancel",
    keys: ["x"],
    label: "cancel",
    help: "Cancel the copy; nothing of it is left behind",
    footer: 0,
    unavailable: (place) => (copyOf(place) ? undefined : "It is not being copied."),
    run: (place) => copyOf(place)?.cancel(),
  },
];
