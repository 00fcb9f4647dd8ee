import { type Kind, no, ok } from "./kind.ts";
import type { Device, DeviceRate, Gpus, Ulimit } from "./spec.ts";

/** A device: "/dev/ttyUSB0[:/dev/other][:rwm]". */
export const device: Kind<Device> = {
  takes: "path[:path][:rwm]",
  parse(text) {
    const [host = "", second = "", third, ...more] = text.split(":");
    const permissions = third ?? (isMode(second) ? second : "rwm");
    const container = isMode(second) || second === "" ? host : second;
    const holds = more.length === 0 && host !== "" && container.startsWith("/") && isMode(permissions);
    return holds
      ? ok({ host, container, permissions })
      : no("is not a device: /dev/ttyUSB0:/dev/ttyUSB0:rwm");
  },
  print: ({ host, container, permissions }) =>
    [host, ...(container === host ? [] : [container]), ...(permissions === "rwm" ? [] : [permissions])].join(
      ":",
    ),
};

const isMode = (text: string) => /^[rwm]{1,3}$/.test(text) && new Set(text).size === text.length;

/** A limit of a device: "/dev/sda:10mb", with `rate` the kind of what stands behind the colon. */
export function deviceRate(rate: Kind<number>): Kind<DeviceRate> {
  return {
    takes: `device:${rate.takes}`,
    parse(text) {
      const [, path, amount = ""] = /^(\/dev\/[^:]+):(.+)$/.exec(text) ?? [];
      if (path === undefined)
        return no(`is not a device with a rate: /dev/sda:${rate.print(10 * 1024 ** 2)}`);
      const parsed = rate.parse(amount);
      return "problem" in parsed ? no(`has a rate that ${parsed.problem}`) : ok({ path, rate: parsed.value });
    },
    print: (value) => `${value.path}:${rate.print(value.rate)}`,
  };
}

const ulimitNames =
  "core cpu data fsize locks memlock msgqueue nice nofile nproc rss rtprio rttime sigpending stack";

/** A limit of the kernel: "nofile=1024:2048". */
export const ulimit: Kind<Ulimit> = {
  takes: "name=soft[:hard]",
  parse(text) {
    const [, name = "", soft = "", hard = soft] = /^(\w+)=(-1|\d+)(?::(-1|\d+))?$/.exec(text) ?? [];
    if (!ulimitNames.split(" ").includes(name)) return no("is not a ulimit: nofile=1024:2048");
    const value = { name, soft: Number(soft), hard: Number(hard) };
    const fits = value.hard === -1 || (value.soft !== -1 && value.soft <= value.hard);
    return fits ? ok(value) : no("has a soft limit above the hard one");
  },
  print: ({ name, soft, hard }) => (soft === hard ? `${name}=${soft}` : `${name}=${soft}:${hard}`),
};

/** GPUs: "all", a number, "device=0,2". */
export const gpus: Kind<Gpus> = {
  takes: "all|number|device=ids",
  parse(text) {
    const said = text.replace(/^"(.*)"$/, "$1");
    if (said === "all") return ok({ count: "all" });
    if (/^\d+$/.test(said)) return ok({ count: Number(said) });
    const [, ids] = /^device=([\w.:,-]+)$/.exec(said) ?? [];
    return ids ? ok({ ids: ids.split(",") }) : no("is not supported here: all, a number, or device=0,2");
  },
  print: (value) => ("ids" in value ? `"device=${value.ids.join(",")}"` : String(value.count)),
};
