import type { ListScreen } from "../actions/list-screen.ts";
import type { Volume } from "../docker/volumes.ts";
import { age } from "../format/age.ts";

/** All volumes of the engine; read-only for now. */
export const volumesScreen: ListScreen<Volume> = {
  id: "volumes",
  title: "Volumes",
  noun: ["volume", "volumes"],
  source: ({ sources }) => sources.volumes,
  columns: [
    {
      ...{ id: "name", title: "VOLUME", min: 10, max: 64, rank: 0, cut: "middle" },
      text: ({ name }) => name,
      tone: ({ anonymous }) => (anonymous ? "dim" : "plain"),
      sort: ({ name }) => name,
    },
    {
      ...{ id: "driver", title: "DRIVER", min: 6, max: 12, rank: 1 },
      text: ({ driver }) => driver,
      sort: ({ driver }) => driver,
    },
    {
      ...{ id: "created", title: "CREATED", min: 7, max: 7, rank: 2 },
      text: ({ created }, { now }) => (created === undefined ? "" : age(created, now)),
      tone: () => "dim",
      sort: ({ created }) => created,
      descending: true,
    },
    {
      ...{ id: "mountpoint", title: "MOUNTPOINT", min: 10, max: 80, rank: 3, cut: "middle" },
      text: ({ mountpoint }) => mountpoint,
      tone: () => "dim",
    },
  ],
  sortedBy: "name",
  name: ({ name }) => name,
  search: ({ name, driver, labels }) => ({
    fields: { name, driver },
    labels,
    exact: { name: [name], driver: [driver] },
  }),
  quiet: { label: "anonymous volumes", is: ({ anonymous }) => anonymous },
  empty: "No volumes.",
  actions: [],
};
