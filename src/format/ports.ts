/** A port as the engine lists it. */
type Port = { private: number; public?: number; ip?: string; protocol: string };

/**
 * Ports as people write them: "8080→80", "127.0.0.1:5432→5432", "[::1]:8080→80", "53/udp"; published ones first, and
 * what is in a row as a range, "20000-20299→20000-20299".
 */
export function portsText(ports: readonly Port[]): string {
  const sorted = [...ports].sort(
    (a, b) =>
      Number(b.public !== undefined) - Number(a.public !== undefined) ||
      (a.ip ?? "").localeCompare(b.ip ?? "") ||
      a.protocol.localeCompare(b.protocol) ||
      a.private - b.private ||
      (a.public ?? 0) - (b.public ?? 0),
  );
  return rangesOf(sorted, follows).map(rangeText).join(" ");
}

/** Puts what follows one another into ranges: the first and the last of each. */
export function rangesOf<Item>(
  items: readonly Item[],
  follows: (before: Item, item: Item) => boolean,
): [Item, Item][] {
  const ranges: [Item, Item][] = [];
  for (const item of items) {
    const range = ranges.at(-1);
    if (range && follows(range[1], item)) range[1] = item;
    else ranges.push([item, item]);
  }
  return ranges;
}

/** An address as it stands before a port: one of IPv6 in brackets. */
export function addressText(ip: string): string {
  return ip.includes(":") ? `[${ip}]` : ip;
}

/** "80" or "8000-8010". */
export function rangeOf(first: number, last: number): string {
  return first === last ? `${first}` : `${first}-${last}`;
}

function follows(before: Port, port: Port): boolean {
  return (
    port.ip === before.ip &&
    port.protocol === before.protocol &&
    port.private === before.private + 1 &&
    (port.public === undefined ? before.public === undefined : port.public === (before.public ?? 0) + 1)
  );
}

function rangeText([first, last]: [Port, Port]): string {
  const inner = rangeOf(first.private, last.private);
  const inside = first.protocol === "tcp" ? inner : `${inner}/${first.protocol}`;
  if (first.public === undefined || last.public === undefined) return inside;
  const address = first.ip === undefined ? "" : `${addressText(first.ip)}:`;
  return `${address}${rangeOf(first.public, last.public)}→${inside}`;
}
