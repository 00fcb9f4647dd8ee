import type { Column, Look, Tone } from "../actions/list-screen.ts";
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
  if (doing && !doing.background) {
    const waited = Math.max(0, Math.floor((now - doing.since) / 1000)); // the clock may have been set back
    const grace = doing.until === undefined ? "" : `/${Math.round((doing.until - doing.since) / 1000)}`;
    return `… ${doing.label} ${waited}${grace}s`;
  }
  const { state, exitCode, health } = container;
  const sign = state === "running" ? "●" : state === "paused" ? "◐" : "○";
  // Narrow terminals have no room for HEALTH, and it must not look well there.
  const word = state === "running" && health === "unhealthy" ? health : state;
  if (doing?.amount !== undefined) return `${sign} … ${doing.label} ${doing.amount}`;
  const code = exitCode === undefined || state === "running" ? "" : ` (${exitCode})`;
  const oom = state !== "running" && details.get(container.id)?.oomKilled ? " OOM" : "";
  return `${sign} ${word}${code}${oom}${doing ? ` … ${doing.label}` : ""}`;
}

/** "3/4 running": what a heading says of its containers. */
function statesText(containers: readonly Container[]): string {
  const running = containers.filter(({ state }) => state === "running").length;
  return `${running}/${containers.length} running`;
}

/** What the containers of a heading take together; undefined until all that run were sampled, since a part misleads. */
function sumOf(
  containers: readonly Container[],
  { loads }: Look,
  figure: "cpu" | "memory",
): number | undefined {
  const running = containers.filter(({ state }) => state === "running");
  const known = running.flatMap(({ id }) => loads.get(id)?.[figure] ?? []);
  if (known.length === 0 || known.length < running.length) return undefined;
  return known.reduce((sum, value) => sum + value, 0);
}

function percent(cpu: number | undefined): string {
  return cpu === undefined ? "" : `${cpu.toFixed(cpu < 100 ? 1 : 0)}%`;
}

function stateTone(container: Container, { busy, details }: Look): Tone {
  if (busy.has(container.id)) return "accent";
  if (container.state === "exited" && (container.exitCode !== 0 || details.get(container.id)?.oomKilled))
    return "bad";
  if (container.state === "running" && container.health === "unhealthy") return "bad";
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

/** Its ports, or whose network it shares; how that one is named its details tell. */
function portsOf({ ports, sharesNetwork: shared }: Container): string {
  if (shared === undefined) return portsText(ports);
  return shared === "host" ? "host network" : `net of ${shared.id.slice(0, 12)}`;
}

/** What a row says of a container, in the order of the screen. */
export const containerColumns: readonly Column<Container>[] = [
  {
    ...{ id: "name", title: "NAME", min: 10, max: 48, rank: 0, cut: "middle" },
    text: ({ name }) => name,
    tone: () => "plain",
    sort: ({ name }) => name,
  },
  {
    ...{ id: "state", title: "STATE", min: 9, max: 26, rank: 1 },
    text: stateText,
    tone: stateTone,
    group: statesText,
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
    text: ({ id }, { loads }) => percent(loads.get(id)?.cpu),
    group: (containers, look) => percent(sumOf(containers, look, "cpu")),
    tone: cpuTone,
    sort: ({ id }, { loads }) => loads.get(id)?.cpu,
    descending: true,
  },
  {
    ...{ id: "memory", title: "MEM", min: 8, max: 13, rank: 3, align: "right", sampled: true },
    text: memoryText,
    group(containers, look) {
      const memory = sumOf(containers, look, "memory");
      return memory === undefined ? "" : binarySize(memory);
    },
    tone: (container, look) => ((memoryShare(container, look) ?? 0) >= 90 ? "bad" : "plain"),
    sort: ({ id }, { loads }) => loads.get(id)?.memory,
    descending: true,
  },
  {
    ...{ id: "ports", title: "PORTS", min: 8, max: 30, rank: 6, optional: true },
    text: portsOf,
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
