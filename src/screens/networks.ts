import type { ListScreen } from "../actions/list-screen.ts";
import type { Network } from "../docker/networks.ts";
import { age } from "../format/age.ts";

/** All networks of the engine; read-only for now. */
export const networksScreen: ListScreen<Network> = {
  id: "networks",
  title: "Networks",
  noun: ["network", "networks"],
  source: ({ sources }) => sources.networks,
  columns: [
    {
      ...{ id: "name", title: "NETWORK", min: 10, max: 60, rank: 0, cut: "middle" },
      text: ({ name }) => name,
      sort: ({ name }) => name,
    },
    {
      ...{ id: "driver", title: "DRIVER", min: 6, max: 12, rank: 1 },
      text: ({ driver }) => driver,
      sort: ({ driver }) => driver,
    },
    {
      ...{ id: "subnet", title: "SUBNET", min: 8, max: 40, rank: 2 },
      text: ({ subnets }) => subnets.join(" "),
      sort: ({ subnets }) => subnets[0],
    },
    {
      ...{ id: "scope", title: "SCOPE", min: 5, max: 8, rank: 4 },
      text: ({ scope, internal }) => (internal ? `${scope} internal` : scope),
      tone: () => "dim",
    },
    {
      ...{ id: "created", title: "CREATED", min: 7, max: 7, rank: 3 },
      text: ({ created }, { now }) => (created === undefined ? "" : age(created, now)),
      tone: () => "dim",
      sort: ({ created }) => created,
      descending: true,
    },
    {
      ...{ id: "id", title: "ID", min: 12, max: 12, rank: 5 },
      text: ({ id }) => id.slice(0, 12),
      tone: () => "dim",
    },
  ],
  sortedBy: "name",
  name: ({ name }) => name,
  search: ({ name, driver, id, labels, subnets }) => ({
    fields: { name, driver, subnet: subnets.join(" "), id: id.slice(0, 12) },
    labels,
    exact: { name: [name], driver: [driver], id: [id] },
  }),
  empty: "No networks.",
  actions: [],
};
