import { labels, list, moment, record, text } from "./raw.ts";

/** A network; its id, never its name, goes into requests (a name may hold anything). */
export type Network = {
  id: string;
  name: string;
  driver: string;
  scope: string;
  created?: number;
  internal: boolean;
  subnets: readonly string[];
  labels: Readonly<Record<string, string>>;
};

/** One row of `GET /networks`. */
export function toNetwork(value: unknown): Network {
  const raw = record(value);
  const created = moment(raw.Created);
  return {
    id: text(raw.Id),
    name: text(raw.Name),
    driver: text(raw.Driver),
    scope: text(raw.Scope),
    ...(created === undefined ? {} : { created }),
    internal: raw.Internal === true,
    subnets: list(record(raw.IPAM).Config)
      .map((config) => text(record(config).Subnet))
      .filter((subnet) => subnet !== ""),
    labels: labels(raw.Labels),
  };
}
