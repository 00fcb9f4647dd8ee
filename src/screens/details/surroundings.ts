import { masked } from "../../docker/facts/env.ts";
import type { ContainerFacts } from "../../docker/facts/facts.ts";
import { type DetailLook, type Line, line } from "./part.ts";

/** Its ports, and where the host publishes them. */
export function ports({ ports: all }: ContainerFacts): Line[] {
  return all.map(({ port, protocol, bindings }) => {
    const open = bindings.map(
      ({ ip, port: outer }) => `${ip === "" ? "" : `${ip.includes(":") ? `[${ip}]` : ip}:`}${outer || "any"}`,
    );
    return line(`${port}/${protocol}${open.length > 0 ? ` ← ${open.join(", ")}` : ", not published"}`);
  });
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
    ...env.map(({ key, value }) => line(`${key}=${revealed ? value : masked(key, value)}`)),
    line(hidden ? "Secrets are masked: x shows them." : "", "dim"),
  ];
}

/** Its labels, secrets masked. */
export function labels({ labels: all }: ContainerFacts, { revealed }: DetailLook): Line[] {
  return Object.entries(all).map(([key, value]) => line(`${key}=${revealed ? value : masked(key, value)}`));
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
