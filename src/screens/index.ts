import type { ComponentType } from "react";
import type { ListScreen } from "../actions/list-screen.ts";
import type { Session } from "../actions/session.ts";
import { type AnyList, createList } from "../hooks/list/list.ts";
import { containersScreen } from "./containers.ts";
import { diskScreen } from "./disk/disk-screen.ts";
import { DiskView } from "./disk/disk-view.tsx";
import { imagesScreen } from "./images.ts";
import { networksScreen } from "./networks.ts";
import { volumesScreen } from "./volumes.ts";

/** One tab: a kind of object as a list, painted by `View` where it is not by the generic one. */
export type Tab = {
  id: string;
  title: string;
  open(session: Session): AnyList;
  View?: ComponentType<{ list: AnyList; columns: number; rows: number }>;
};

function tab<Item extends { id: string }>(screen: ListScreen<Item>): Tab {
  return { id: screen.id, title: screen.title, open: (session) => createList(session, screen) };
}

/** The tabs, in order; the keys 1 to 5 and Tab go through them. */
export const tabs: readonly Tab[] = [
  tab(containersScreen),
  tab(imagesScreen),
  tab(networksScreen),
  tab(volumesScreen),
  { ...tab(diskScreen), View: DiskView },
];
