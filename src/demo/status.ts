import type { DemoContainer } from "./types.ts";
import { day, hour, minute, second } from "./units.ts";

const plural = (count: number, unit: string): string => `${count} ${unit}${count === 1 ? "" : "s"}`;

/** A length of time (ms) in Docker's words, such as "About a minute". */
export function humanDuration(ms: number): string {
  const seconds = Math.floor(ms / second);
  const hours = Math.floor(ms / hour + 0.5);
  if (seconds < 1) return "Less than a second";
  if (seconds < 60) return plural(seconds, "second");
  if (ms < 2 * minute) return "About a minute";
  if (ms < hour) return `${Math.floor(ms / minute)} minutes`;
  if (hours === 1) return "About an hour";
  if (hours < 48) return `${hours} hours`;
  if (ms < 14 * day) return `${Math.floor(hours / 24)} days`;
  if (ms < 60 * day) return `${Math.floor(hours / 24 / 7)} weeks`;
  if (ms < 730 * day) return `${Math.floor(hours / 24 / 30)} months`;
  return `${Math.floor(hours / 24 / 365)} years`;
}

function healthNote(container: DemoContainer): string {
  if (container.health === undefined) return "";
  return container.health.status === "starting" ? " (health: starting)" : ` (${container.health.status})`;
}

/** The Status text of a container in a list at `now` (ms since 1970), such as "Up 3 hours (healthy)". */
export function statusText(container: DemoContainer, now: number): string {
  const up = humanDuration(Math.max(0, now - (container.startedAt ?? now)));
  const ended = humanDuration(Math.max(0, now - (container.finishedAt ?? now)));
  const texts = {
    created: "Created",
    running: `Up ${up}${healthNote(container)}`,
    paused: `Up ${up} (Paused)`,
    restarting: `Restarting (${container.exitCode}) ${ended} ago`,
    removing: "Removal In Progress",
    exited: `Exited (${container.exitCode}) ${ended} ago`,
    dead: "Dead",
  };
  return texts[container.status];
}
