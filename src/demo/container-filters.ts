import { allows, type Filters, hasLabels, readFilters } from "./filters.ts";
import { fail } from "./http.ts";
import { findImage } from "./images.ts";
import type { DemoContainer, DemoImage } from "./types.ts";
import type { DemoWorld } from "./world.ts";

const known = [
  "ancestor",
  "before",
  "exited",
  "health",
  "id",
  "label",
  "name",
  "network",
  "since",
  "status",
  "volume",
];
const statuses = ["created", "running", "paused", "restarting", "removing", "exited", "dead"];
const live = ["running", "paused", "restarting"];

/** Whether the container counts as running: paused and restarting ones do. */
export const isLive = (container: DemoContainer): boolean => live.includes(container.status);

const matchesText = (pattern: string, text: string): boolean => {
  try {
    return new RegExp(pattern).test(text);
  } catch {
    return text.includes(pattern);
  }
};

function matches(world: DemoWorld, filters: Filters, container: DemoContainer): boolean {
  const health = container.health?.status ?? "none";
  const image: DemoImage | undefined = world.images.get(container.imageId);
  return (
    allows(filters, "id", (id) => container.id.startsWith(id)) &&
    allows(
      filters,
      "name",
      (name) => matchesText(name, `/${container.name}`) || matchesText(name, container.name),
    ) &&
    allows(filters, "status", (status) => container.status === status) &&
    allows(filters, "health", (wanted) => wanted === health) &&
    allows(
      filters,
      "exited",
      (code) => container.status === "exited" && container.exitCode === Number(code),
    ) &&
    allows(filters, "ancestor", (ref) => image !== undefined && findImage(world.images, ref) === image) &&
    allows(filters, "network", (ref) => container.networks.some((name) => named(world, name, ref))) &&
    allows(filters, "volume", (ref) =>
      container.mounts.some((mount) => mount.name === ref || mount.destination === ref),
    ) &&
    allows(filters, "before", (ref) => container.created < (world.find(ref)?.created ?? 0)) &&
    allows(filters, "since", (ref) => container.created > (world.find(ref)?.created ?? 0)) &&
    hasLabels(filters, container.labels)
  );
}

function named(world: DemoWorld, name: string, ref: string): boolean {
  if (name === ref) return true;
  const network = world.networks.get(ref);
  return network?.name === name;
}

/** The containers a list call asks for, newest first; throws ApiError 400 on a bad filter. */
export function selectContainers(world: DemoWorld, query: URLSearchParams, all: boolean): DemoContainer[] {
  const filters = readFilters(query, known);
  for (const status of filters.get("status") ?? [])
    if (!statuses.includes(status)) fail(400, `invalid filter 'status=${status}'`);
  const limit = Number(query.get("limit") ?? 0);
  const withStopped = all || limit > 0 || filters.has("status") || filters.has("exited");
  const chosen = [...world.containers.values()].filter(
    (container) =>
      (withStopped || isLive(container)) && (filters.size === 0 || matches(world, filters, container)),
  );
  chosen.sort((one, other) => other.created - one.created);
  return limit > 0 ? chosen.slice(0, limit) : chosen;
}
