import { containerActions } from "../actions/containers.ts";
import type { Column, ListScreen, Look, Tone } from "../actions/list-screen.ts";
import type { Container } from "../docker/containers.ts";
import { age } from "../format/age.ts";
import { portsText } from "../format/ports.ts";
import { binarySize, decimalSize } from "../format/size.ts";

const tones: Readonly<Record<Container["state"], Tone>> = {
  running: "good",
  paused: "warn",
  restarting: "warn",
  created: "dim",
  removing: "dim",
  exited: "dim",
  dead: "bad",
};

function stateText(container: Container, { busy, details, now }: Look): string {
  const doing = busy.get(container.id);
  if (doing) {
    const waited = Math.floor((now - doing.since) / 1000);
    const grace = doing.until === undefined ? "" : `/${Math.round((doing.until - doing.since) / 1000)}`;
    return `… ${doing.label} ${waited}${grace}s`;
  }
  const { state, exitCode } = container;
  const code = exitCode === undefined || state === "running" ? "" : ` (${exitCode})`;
  const oom = state !== "running" && details.get(container.id)?.oomKilled ? " OOM" : "";
  return `${state === "running" ? "●" : state === "paused" ? "◐" : "○"} ${state}${code}${oom}`;
}

function stateTone(container: Container, { busy, details }: Look): Tone {
  if (busy.has(container.id)) return "accent";
  if (container.state === "exited" && (container.exitCode !== 0 || details.get(container.id)?.oomKilled))
    return "bad";
  return tones[container.state];
}

/** When it came into its state: to the second once it was inspected, before that as the list says it. */
function since(container: Container, { details }: Look): number | undefined {
  const detail = details.get(container.id);
  const up = container.state === "running" || container.state === "paused";
  const exact = detail?.state !== container.state ? undefined : up ? detail.started : detail.finished;
  return exact ?? container.since;
}

function upText(container: Container, look: Look): string {
  const moment = since(container, look);
  if (moment === undefined || container.state === "created") return "";
  const text = age(moment, look.now);
  return container.state === "running" || container.state === "paused" ? text : `${text} ago`;
}

function cpuTone({ id }: Container, { loads }: Look): Tone {
  const cpu = loads.get(id)?.cpu ?? 0;
  return cpu >= 90 ? "bad" : cpu >= 50 ? "warn" : "plain";
}

function memoryShare({ id }: Container, { loads }: Look): number | undefined {
  const { memory, memoryLimit = 0 } = loads.get(id) ?? {};
  return memory === undefined || memoryLimit <= 0 ? undefined : (memory / memoryLimit) * 100;
}

function memoryText(container: Container, look: Look): string {
  const memory = look.loads.get(container.id)?.memory;
  if (memory === undefined) return "";
  const share = memoryShare(container, look);
  return `${binarySize(memory)}${share === undefined ? "" : ` ${share.toFixed(0).padStart(2)}%`}`;
}

const columns: readonly Column<Container>[] = [
  {
    ...{ id: "name", title: "NAME", min: 10, max: 48, rank: 0, cut: "middle" },
    text: ({ name }) => name,
    tone: () => "plain",
    sort: ({ name }) => name,
  },
  {
    ...{ id: "state", title: "STATE", min: 9, max: 22, rank: 1 },
    text: stateText,
    tone: stateTone,
    sort: ({ state }) => state,
  },
  {
    ...{ id: "health", title: "HEALTH", min: 6, max: 9, rank: 5, optional: true },
    text: ({ health }) => health ?? "",
    tone: ({ health }) => (health === "unhealthy" ? "bad" : health === "starting" ? "warn" : "good"),
    sort: ({ health }) => health,
    descending: true,
  },
  {
    ...{ id: "cpu", title: "CPU", min: 6, max: 7, rank: 2, align: "right", sampled: true },
    text({ id }, { loads }) {
      const cpu = loads.get(id)?.cpu;
      return cpu === undefined ? "" : `${cpu.toFixed(cpu < 100 ? 1 : 0)}%`;
    },
    tone: cpuTone,
    sort: ({ id }, { loads }) => loads.get(id)?.cpu,
    descending: true,
  },
  {
    ...{ id: "memory", title: "MEM", min: 8, max: 13, rank: 3, align: "right", sampled: true },
    text: memoryText,
    tone: (container, look) => ((memoryShare(container, look) ?? 0) >= 90 ? "bad" : "plain"),
    sort: ({ id }, { loads }) => loads.get(id)?.memory,
    descending: true,
  },
  {
    ...{ id: "ports", title: "PORTS", min: 8, max: 30, rank: 6, optional: true },
    text: ({ ports }) => portsText(ports),
    sort: ({ ports }) => ports[0]?.public ?? ports[0]?.private,
  },
  {
    ...{ id: "image", title: "IMAGE", min: 10, max: 40, rank: 7, cut: "middle" },
    text: ({ image }) => image,
    tone: () => "dim",
    sort: ({ image }) => image,
  },
  {
    ...{ id: "up", title: "UP", min: 4, max: 8, rank: 4 },
    text: upText,
    tone: ({ state }) => (state === "running" ? "plain" : "dim"),
    sort: (container, look) => since(container, look),
    descending: true,
  },
  {
    ...{ id: "size", title: "SIZE", min: 6, max: 8, rank: 11, align: "right", costly: true },
    text({ id }, { sizes }) {
      const size = sizes.get(id);
      return size === undefined ? "…" : decimalSize(size);
    },
  },
  {
    ...{ id: "restarts", title: "RESTARTS", min: 8, max: 8, rank: 9, optional: true, align: "right" },
    text: ({ id }, { details }) => {
      const restarts = details.get(id)?.restarts ?? 0;
      return restarts === 0 ? "" : `${restarts}`;
    },
    tone: () => "warn",
  },
  {
    ...{ id: "project", title: "PROJECT", min: 8, max: 24, rank: 8, optional: true },
    text: ({ project }) => project ?? "",
    tone: () => "dim",
    sort: ({ project }) => project,
  },
  {
    ...{ id: "created", title: "CREATED", min: 7, max: 7, rank: 10 },
    text: ({ created }, { now }) => age(created, now),
    tone: () => "dim",
    sort: ({ created }) => created,
    descending: true,
  },
];

/** All containers of the engine, running or not. */
export const containersScreen: ListScreen<Container> = {
  id: "containers",
  title: "Containers",
  noun: ["container", "containers"],
  source: ({ sources }) => sources.containers,
  columns,
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
  quiet: { label: "stopped containers", is: ({ state }) => state !== "running" && state !== "paused" },
  watch: ({ watcher }, containers, shown) =>
    watcher.watch(containers, { sizes: shown.some(({ id }) => id === "size") }),
  empty: "No containers yet. docker run starts one.",
  actions: containerActions,
};
