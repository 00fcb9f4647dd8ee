import type { ContainerFacts } from "../../docker/facts/facts.ts";
import type { PortFacts } from "../../docker/facts/places.ts";
import { addressText, rangeOf, rangesOf } from "../../format/ports.ts";
import { maskedValue } from "../../format/secrets/masked.ts";
import { type DetailLook, type Line, line } from "./part.ts";

/** Its ports, and where the host publishes them; what is in a row is one line. */
export function ports({ ports: own, networkMode, sharedNetwork: shared }: ContainerFacts): Line[] {
  if (networkMode === "host")
    return [line("shares the host's network: what it listens on is a port of the host"), ...portLines(own)];
  if (shared) return [line(`shares the network of ${shared.name}, which has`), ...portLines(shared.ports)];
  if (networkMode.startsWith("container:"))
    return [line("shares the network of a container that is gone", "bad")];
  return portLines(own);
}

function portLines(ports: readonly PortFacts[]): Line[] {
  return rangesOf(ports, isNext).map(([first, last]) => {
    const open = first.bindings.map(({ ip, port }, index) => {
      const range = port ? rangeOf(port, last.bindings[index]?.port ?? port) : "any";
      return `${ip === "" ? "" : `${addressText(ip)}:`}${range}`;
    });
    const inside = `${rangeOf(first.port, last.port)}/${first.protocol}`;
    return line(`${inside}${open.length > 0 ? ` ← ${open.join(", ")}` : ", not published"}`);
  });
}

/** Whether a port is the next one, at the next place of the same addresses. */
function isNext(before: PortFacts, port: PortFacts): boolean {
  return (
    port.protocol === before.protocol &&
    port.port === before.port + 1 &&
    port.bindings.length === before.bindings.length &&
    port.bindings.every(({ ip, port: outer }, index) => {
      const last = before.bindings[index];
      return ip === last?.ip && (outer === 0 ? last.port === 0 : outer === last.port + 1);
    })
  );
}

/** Its networks and addresses. */
export function networks({ networks: all, networkMode }: ContainerFacts): Line[] {
  if (all.length === 0) return [line(networkMode)];
  return all.map(({ name, ip, ip6, gateway, mac, aliases }) =>
    line(
      [
        `${name}  ${ip || "no address now"}`,
        ip6,
        gateway && `gateway ${gateway}`,
        mac,
        aliases.length > 0 && `also ${aliases.join(", ")}`,
      ]
        .filter(Boolean)
        .join("  "),
    ),
  );
}

/** What it mounts. */
export function mounts({ mounts: all }: ContainerFacts): Line[] {
  return all.map(({ kind, name, source, target, readOnly, driver }) =>
    line(
      `${target} ← ${kind} ${name ?? source}${readOnly ? ", read-only" : ""}${driver && driver !== "local" ? `, ${driver}` : ""}`,
    ),
  );
}

/** Its environment, secrets masked. */
export function environment({ env }: ContainerFacts, { revealed }: DetailLook): Line[] {
  const hidden = !revealed && env.some(({ secret }) => secret);
  return [
    ...env.map(({ key, value }) => line(`${key}=${revealed ? value : maskedValue(key, value)}`)),
    line(hidden ? "Secrets are masked: x shows them." : "", "dim"),
  ];
}

/** Its labels, secrets masked. */
export function labels({ labels: all }: ContainerFacts, { revealed }: DetailLook): Line[] {
  return Object.entries(all).map(([key, value]) =>
    line(`${key}=${revealed ? value : maskedValue(key, value)}`),
  );
}

/** Where the engine keeps its files. */
export function storage({ storage: where }: ContainerFacts): Line[] {
  const data = Object.entries(where.data).map(([key, value]) => line(`${key}: ${value}`, "dim"));
  return [line(where.driver), ...data];
}

/** Where Compose has it from. */
export function compose({ compose: from }: ContainerFacts): Line[] {
  if (!from) return [];
  const files = from.configFiles.join(", ");
  return [
    line(`project ${from.project}, service ${from.service}`),
    line(files, "dim"),
    line(from.workingDir, "dim"),
  ];
}
