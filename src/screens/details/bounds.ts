import type { ContainerFacts } from "../../docker/facts/facts.ts";
import { maskedValue } from "../../format/secrets/masked.ts";
import { binarySize, decimalSize } from "../../format/size.ts";
import { type DetailLook, type Line, line } from "./part.ts";

/** What it may use. */
export function limits({ limits: all, cgroup, cgroupParent }: ContainerFacts): Line[] {
  const { memory, reservation, swap, cpus, shares, cpuset, pids, blockWeight, sharedMemory, restart } = all;
  const swapText =
    swap === undefined || memory === undefined
      ? ""
      : `, ${binarySize(Math.max(0, swap - memory))} swap besides`;
  const retries =
    restart.policy === "on-failure" && restart.retries ? `, ${restart.retries} times at most` : "";
  return [
    line(memory === undefined ? "memory: no limit" : `memory: ${binarySize(memory)}${swapText}`),
    line(reservation === undefined ? "" : `memory reserved: ${binarySize(reservation)}`),
    line(cpus === undefined ? "cpus: no limit" : `cpus: ${cpus}`),
    line(shares === undefined ? "" : `cpu shares: ${shares}`),
    line(cpuset === undefined ? "" : `only on cpus ${cpuset}`),
    line(pids === undefined ? "processes: no limit" : `processes: ${pids}`),
    line(blockWeight === undefined ? "" : `block I/O weight: ${blockWeight}`),
    ...all.deviceRates.map(({ device, kind, unit, rate }) =>
      line(`${device}: ${kind} at most ${unit === "bytes" ? decimalSize(rate) : `${rate} times`} per second`),
    ),
    ...all.ulimits.map(({ name, soft, hard }) => line(`ulimit ${name}: ${soft}, hard ${hard}`)),
    line(sharedMemory === undefined ? "" : `/dev/shm: ${binarySize(sharedMemory)}`, "dim"),
    line(`restart policy: ${restart.policy}${retries}`),
    line(cgroup ? `cgroup ${cgroup}` : cgroupParent && `cgroup parent ${cgroupParent}`, "dim"),
  ];
}

/** Where its output goes. */
export function log({ log: to }: ContainerFacts, { revealed }: DetailLook): Line[] {
  const options = Object.entries(to.options).map(
    ([key, value]) => `${key}=${revealed ? value : maskedValue(key, value)}`,
  );
  const rotates = to.options["max-size"] !== undefined || to.driver !== "json-file";
  return [
    line(
      [to.driver, ...options, to.bytes === undefined ? "" : decimalSize(to.bytes)].filter(Boolean).join("  "),
    ),
    line(rotates ? "" : "It grows without end: no max-size is set.", "warn"),
    line(to.path ?? "", "dim"),
  ];
}

/** What it may do to the host. */
export function security({ security: may, autoRemove }: ContainerFacts): Line[] {
  const { privileged, user, capAdd, capDrop, dockerSocket, readOnlyRoot, devices } = may;
  const hostNamespaces = may.hostNamespaces.filter((name) => name !== "cgroup"); // the usual on cgroup v1
  return [
    line(privileged ? "privileged: it may do all that root on the host may" : "", "bad"),
    line(
      dockerSocket ? `has the engine's socket at ${dockerSocket}: it can become root on the host` : "",
      "bad",
    ),
    line(hostNamespaces.length > 0 ? `shares the host's ${hostNamespaces.join(", ")}` : "", "warn"),
    line(`user ${user === "" ? "root, or the image's" : user}`),
    line(capAdd.length > 0 ? `capabilities added: ${capAdd.join(", ")}` : "", "warn"),
    line(capDrop.length > 0 ? `capabilities dropped: ${capDrop.join(", ")}` : ""),
    line(devices.length > 0 ? `devices: ${devices.join(", ")}` : "", "warn"),
    line(
      [may.apparmor && `apparmor ${may.apparmor}`, `seccomp ${may.seccomp}`].filter(Boolean).join(", "),
      "dim",
    ),
    line(readOnlyRoot ? "root filesystem read-only" : ""),
    line(autoRemove ? "removed as soon as it ends (--rm)" : "", "warn"),
  ];
}
