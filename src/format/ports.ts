/** A port as the engine lists it. */
type Port = { private: number; public?: number; ip?: string; protocol: string };

/** Ports as people write them: "8080→80", "127.0.0.1:5432→5432", "53/udp"; published ones first. */
export function portsText(ports: readonly Port[]): string {
  return [...ports]
    .sort((a, b) => Number(b.public !== undefined) - Number(a.public !== undefined))
    .map(({ private: inner, public: outer, ip, protocol }) => {
      const inside = protocol === "tcp" ? `${inner}` : `${inner}/${protocol}`;
      if (outer === undefined) return inside;
      return `${ip === undefined ? "" : `${ip}:`}${outer}→${inside}`;
    })
    .join(" ");
}
