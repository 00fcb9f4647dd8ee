import { type Flag, shown } from "./flag.ts";
import { no, ok } from "./kind.ts";
import { networkUse } from "./networks.ts";
import type { RunSpec } from "./spec.ts";

/** `--network`: the first one given has flags of its own for its aliases and addresses, further ones carry theirs. */
export const networkFlag: Flag = {
  name: "network",
  others: ["net"],
  takes: networkUse.takes,
  fields: ["network", "moreNetworks"],
  read(spec, text) {
    const parsed = networkUse.parse(text);
    if ("problem" in parsed) return parsed;
    const { name, aliases, ...addresses } = parsed.value;
    if (spec.network === undefined)
      return ok({ ...spec, network: name, aliases: [...spec.aliases, ...aliases], ...addresses });
    if (joined(spec).includes(name)) return no("is given twice");
    return ok({ ...spec, moreNetworks: [...spec.moreNetworks, parsed.value] });
  },
  write: ({ network, moreNetworks }) => [
    ...(network === undefined ? [] : [shown("network"), network]),
    ...moreNetworks.flatMap((use) => [shown("network"), networkUse.print(use)]),
  ],
};

function joined({ network, moreNetworks }: RunSpec): readonly (string | undefined)[] {
  return [network, ...moreNetworks.map(({ name }) => name)];
}
