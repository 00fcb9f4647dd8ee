import { isIP, isIPv4, isIPv6 } from "node:net";
import { parseDuration } from "../../format/age.ts";
import { parseSize } from "../../format/size.ts";
import { type Kind, no, ok, type Parsed, words } from "./kind.ts";
import type { Pair, Restart } from "./spec.ts";

const sizeUnits = [
  ["g", 1024 ** 3],
  ["m", 1024 ** 2],
  ["k", 1024],
] as const;

/** Bytes as "512m"; `special` are further numbers that are no sizes (-1: no limit). */
export function size(options: { min?: number; special?: readonly number[] } = {}): Kind<number> {
  const { min = 0, special = [] } = options;
  return {
    takes: special.length > 0 ? `size|${special.join("|")}` : "size",
    parse(text) {
      if (special.map(String).includes(text)) return ok(Number(text));
      const bytes = parseSize(text);
      if (bytes === undefined || !Number.isSafeInteger(bytes)) return no("is not a size: 512m, 2g");
      // 0 is docker's word for no limit.
      return bytes === 0 || bytes >= min ? ok(bytes) : no(`is too little: at least ${size().print(min)}`);
    },
    print(bytes) {
      const [unit, length] = sizeUnits.find(([, bits]) => bytes > 0 && bytes % bits === 0) ?? ["", 1];
      return `${bytes / length}${unit}`;
    },
  };
}

/** A name of a container, as the engine takes it. */
export const containerName: Kind<string> = words(
  "name",
  /^\/?[a-zA-Z0-9][a-zA-Z0-9_.-]+$/,
  "a name for a container: two or more of a-z A-Z 0-9 _ . -, the first a letter or digit",
);

/** An image as docker names it: [registry/]name[:tag][@digest], or an id. */
export const imageName: Kind<string> = {
  takes: "image",
  parse: (text) =>
    image.test(text) ? ok(text) : no("is not the name of an image: nginx, registry:5000/team/app:1.2"),
  print: (text) => text,
};

const component = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
const registry =
  "(?:(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)(?:\\.[a-zA-Z0-9-]+)*|\\[[a-fA-F0-9:]+\\])(?::\\d+)?";
const image = new RegExp(
  `^(?:${registry}/)?${component}(?:/${component})*(?::\\w[\\w.-]{0,127})?(?:@[a-zA-Z][a-zA-Z0-9]*:[0-9a-fA-F]{32,})?$`,
);

/** Milliseconds as Go writes a duration: 30s, 1m30s, 500ms. */
export const goDuration: Kind<number> = {
  takes: "duration",
  parse(text) {
    const ms = /[dw]/.test(text) ? undefined : parseDuration(text);
    if (ms === undefined) return no("is not a duration: 30s, 1m30s, 500ms");
    return ms === 0 || ms >= 1 ? ok(ms) : no("is too short: at least 1ms");
  },
  print(ms) {
    if (ms % 3_600_000 === 0 && ms > 0) return `${ms / 3_600_000}h`;
    if (ms % 60_000 === 0 && ms > 0) return `${ms / 60_000}m`;
    return ms % 1000 === 0 ? `${ms / 1000}s` : `${ms}ms`;
  },
};

/** Milliseconds that docker takes as whole seconds. */
export const wholeSeconds: Kind<number> = {
  takes: "seconds",
  parse: (text) => (/^-?\d+$/.test(text) ? ok(Number(text) * 1000) : no("is not a number of seconds")),
  print: (ms) => String(Math.round(ms / 1000)),
};

/** Cores: "1.5". */
export const cores: Kind<number> = {
  takes: "cpus",
  parse(text) {
    const value = /^(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= 0)) return no("is not a number of CPUs: 0.5, 2");
    return /\.\d{10}/.test(text) ? no("is too precise: nine digits behind the point") : ok(value);
  },
  print: String,
};

/** CPUs or memory nodes by their numbers: "0-2,4". */
export const cpuList: Kind<string> = {
  takes: "list",
  parse(text) {
    const ranges = text.split(",").map((range) => /^(\d+)(?:-(\d+))?$/.exec(range));
    const holds = ranges.every((range) => range && Number(range[1]) <= Number(range[2] ?? range[1]));
    return holds ? ok(text) : no("is not a list of CPUs: 0-2,4");
  },
  print: (text) => text,
};

/** When to start again: "no|always|unless-stopped|on-failure[:n]". */
export const restart: Kind<Restart> = {
  takes: "no|always|unless-stopped|on-failure[:n]",
  parse(text) {
    const [, policy, times] = /^(no|always|unless-stopped|on-failure)(?::(\d+))?$/.exec(text) ?? [];
    if (policy === undefined)
      return no("is not a restart policy: no, always, unless-stopped, on-failure[:n]");
    if (times !== undefined && policy !== "on-failure")
      return no("counts retries, which only on-failure does");
    return ok({
      policy: policy as Restart["policy"],
      ...(Number(times ?? 0) > 0 ? { maxRetries: Number(times) } : {}),
    });
  },
  print: ({ policy, maxRetries }) => (maxRetries === undefined ? policy : `${policy}:${maxRetries}`),
};

/** An IP address of either family. */
export const ip: Kind<string> = address("ip", isIP, "an IP address");

/** An IPv4 address. */
export const ip4: Kind<string> = address("ip", isIPv4, "an IPv4 address: 172.30.100.104");

/** An IPv6 address. */
export const ip6: Kind<string> = address("ip6", isIPv6, "an IPv6 address: 2001:db8::33");

function address(takes: string, is: (text: string) => boolean | number, wanted: string): Kind<string> {
  return { takes, parse: (text) => (is(text) ? ok(text) : no(`is not ${wanted}`)), print: (text) => text };
}

/** A name with an address: "name:ip", or host-gateway for the address. */
export const extraHost: Kind<{ name: string; ip: string }> = {
  takes: "name:ip",
  parse(text) {
    const [, name = "", rest = ""] = /^([^:=]+)[:=](.+)$/.exec(text) ?? [];
    const ip = rest.replace(/^\[(.*)\]$/, "$1");
    if (name === "" || (ip !== "host-gateway" && isIP(ip) === 0))
      return no("is not a name with an address: db:10.0.0.5, host.docker.internal:host-gateway");
    return ok({ name, ip });
  },
  print: ({ name, ip }) => `${name}:${ip}`,
};

/** A name with its value, the value left out where `bare` says that it may be. */
export function pair(example: string, bare: (key: string) => Parsed<Pair>): Kind<Pair> {
  return {
    takes: "key=value",
    parse(text) {
      const at = text.indexOf("=");
      const key = at < 0 ? text : text.slice(0, at);
      if (key === "") return no(`has no name: ${example}`);
      return at < 0 ? bare(key) : ok({ key, value: text.slice(at + 1) });
    },
    print: ({ key, value }) => `${key}=${value}`,
  };
}

/** A setting of the kernel that a container may have of its own. */
export const sysctl: Kind<Pair> = {
  takes: "key=value",
  parse(text) {
    const [, key = "", value = ""] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
    const own = /^(net\.|fs\.mqueue\.)/.test(key) || ownSysctls.includes(key);
    return own ? ok({ key, value }) : no("is not a setting of a container: net.core.somaxconn=1024");
  },
  print: ({ key, value }) => `${key}=${value}`,
};

const ownSysctls = "msgmax msgmnb msgmni sem shmall shmmax shmmni shm_rmid_forced"
  .split(" ")
  .map((name) => `kernel.${name}`);
