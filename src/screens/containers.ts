import { containerActions } from "../actions/containers/containers.ts";
import type { ListScreen } from "../actions/list-screen.ts";
import type { Container } from "../docker/containers.ts";
import { containerColumns } from "./container-columns.ts";

/** All containers of the engine, running or not. */
export const containersScreen: ListScreen<Container> = {
  id: "containers",
  title: "Containers",
  noun: ["container", "containers"],
  source: ({ sources }) => sources.containers,
  columns: containerColumns,
  sortedBy: "name",
  name: ({ name }) => name,
  search: (container) => ({
    fields: {
      name: container.name,
      image: container.image,
      state: container.state,
      id: container.id.slice(0, 12),
    },
    labels: container.labels,
    exact: {
      name: [container.name],
      id: [container.id],
      image: [container.image],
      state: [container.state],
      health: container.health ? [container.health] : [],
      net: container.networks,
      vol: container.mounts.map(({ name }) => name),
      project: container.project ? [container.project] : [],
      port: container.ports.flatMap(({ private: inner, public: outer }) => [`${outer ?? ""}`, `${inner}`]),
    },
  }),
  groups: ({ project, service }) =>
    project === undefined ? [] : [project, ...(service === undefined ? [] : [service])],
  quiet: { label: "stopped containers", is: ({ state }) => state !== "running" && state !== "paused" },
  watch: ({ watcher }, containers, shown) =>
    watcher.watch(containers, { sizes: shown.some(({ id }) => id === "size") }),
  empty: "No containers yet. docker run starts one.",
  actions: containerActions,
};
