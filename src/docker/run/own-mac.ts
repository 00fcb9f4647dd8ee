import { record } from "../raw.ts";
import { entries, type Raw, raw } from "./from-raw.ts";

/**
 * The MAC address that a container has in a network, where somebody may have asked for it: engines before 28 make the
 * others out of the IP address; later ones by chance, which nothing tells from an asked for one.
 */
export function ownMac({ MacAddress, IPAddress }: Raw): string {
  const mac = raw(MacAddress).toLowerCase();
  const parts = raw(IPAddress).split(".").map(Number);
  const made = ["02", "42", ...parts.map((part) => part.toString(16).padStart(2, "0"))].join(":");
  return mac === made ? "" : mac;
}

/**
 * The networks beside `main` in which a container may have a MAC address of its own that its inspect does not tell: since
 * API 1.44 there can be one in each network, and it is told of a running container only.
 */
export function untoldMacs({ Config, NetworkSettings }: Raw, main: string | undefined): readonly string[] {
  if (raw(record(Config).MacAddress) === "") return [];
  const isUntold = ([name, value]: readonly [string, unknown]) =>
    name !== main && "DNSNames" in record(value) && raw(record(value).MacAddress) === "";
  return entries(record(NetworkSettings).Networks)
    .filter(isUntold)
    .map(([name]) => name);
}
