import { csvFields, csvLine, type Kind, no, ok } from "./kind.ts";
import { ip4, ip6 } from "./kinds.ts";
import type { NetworkUse } from "./spec.ts";

/** What `--network` takes: a mode or a name, or "name=net,alias=a,ip=10.0.0.5". */
export const networkUse: Kind<NetworkUse> = {
  takes: "bridge|host|none|container:NAME|network",
  parse(text) {
    if (!/\w+=\w+/.test(text)) return mode.test(text) ? ok({ name: text, aliases: [] }) : no(wrong);
    const use: NetworkUse = { name: "", aliases: [] };
    for (const field of csvFields(text) ?? [""]) {
      const at = field.indexOf("=");
      const [key, value] = [field.slice(0, at).toLowerCase(), field.slice(at + 1)];
      const parsed = set(use, key, value);
      if (parsed) return no(parsed);
    }
    return mode.test(use.name) ? ok(use) : no(wrong);
  },
  print({ name, aliases, ip, ip6, mac }) {
    if (aliases.length === 0 && !ip && !ip6 && !mac) return name;
    return csvLine([
      `name=${name}`,
      ...aliases.map((alias) => `alias=${alias}`),
      ...(ip ? [`ip=${ip}`] : []),
      ...(ip6 ? [`ip6=${ip6}`] : []),
      ...(mac ? [`mac-address=${mac}`] : []),
    ]);
  },
};

const mode = /^(container:)?[a-zA-Z0-9][a-zA-Z0-9_.-]*$/;
const wrong = "is not a network: bridge, host, none, container:NAME, or the name of one";

/** A hardware address: "92:d0:c6:0a:29:33". */
export const macAddress: Kind<string> = {
  takes: "mac",
  parse: (text) =>
    /^[0-9a-f]{2}([:-][0-9a-f]{2}){5}$/i.test(text)
      ? ok(text)
      : no("is not a hardware address: 92:d0:c6:0a:29:33"),
  print: (text) => text,
};

/** True for a network that somebody made: those take aliases and addresses. */
export function isUserDefined(network: string | undefined): network is string {
  const own = ["default", "bridge", "host", "none"];
  return network !== undefined && !own.includes(network) && !network.startsWith("container:");
}

function set(use: NetworkUse, key: string, value: string): string | undefined {
  const field = { ip: ip4, ip6, "mac-address": macAddress }[key];
  if (key === "name") use.name = value;
  else if (key === "alias") use.aliases = [...use.aliases, value];
  else if (field === undefined)
    return `has ${key || "an empty option"}, which is not supported: name, alias, ip, ip6`;
  else {
    const parsed = field.parse(value);
    if ("problem" in parsed) return `has ${value}, which ${parsed.problem}`;
    use[key === "mac-address" ? "mac" : (key as "ip" | "ip6")] = parsed.value;
  }
  return undefined;
}
