const decimalUnits = ["B", "kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"];
const binaryUnits = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB", "ZiB", "YiB"];

/** Bytes as `docker images` prints them ("1.24GB"): docker/go-units `HumanSizeWithPrecision(bytes, 3)`. */
export function decimalSize(bytes: number): string {
  return scaled(bytes, { base: 1000, digits: 3, units: decimalUnits });
}

/** Bytes as `docker stats` prints memory ("135.6MiB"): docker/go-units `BytesSize`, `%.4g` and a binary unit. */
export function binarySize(bytes: number): string {
  return scaled(bytes, { base: 1024, digits: 4, units: binaryUnits });
}

/** Bytes in a text like "512m", "1.5GiB" or "100", by the rules of docker/go-units `RAMInBytes`; else undefined. */
export function parseSize(text: string): number | undefined {
  const match = /^(\d+\.?\d*|\.\d+) ?(?:b|([kmgtp])(?:i?b)?)?$/i.exec(text.trim());
  if (match === null) return undefined;
  const [, number = "", prefix = ""] = match;
  const power = prefix === "" ? 0 : "kmgtp".indexOf(prefix.toLowerCase()) + 1;
  return Math.trunc(Number(number) * 1024 ** power);
}

type Scale = { base: number; digits: number; units: readonly string[] };

function scaled(bytes: number, { base, digits, units }: Scale): string {
  let size = bytes;
  let unit = 0;
  while (size >= base && unit < units.length - 1) {
    size /= base;
    unit += 1;
  }
  const number = significant(size, digits);
  // Go prints 999.9kB as "1e+03kB"; nobody wants to read that.
  if (number >= base && unit < units.length - 1) return `1${units[unit + 1]}`;
  return `${number}${units[unit]}`;
}

/** Go's `%.{digits}g` as a number: `toPrecision`, but an exact tie goes to the even digit. */
function significant(value: number, digits: number): number {
  const rounded = Number(value.toPrecision(digits));
  if (rounded === value || Number(value.toPrecision(digits + 1)) !== value) return rounded;
  const [mantissa = "", exponent = "0"] = value.toExponential(60).split("e");
  const kept = mantissa.slice(0, digits + 1); // the dot counts too
  const isTie = /^50*$/.test(mantissa.slice(digits + 1));
  return isTie && /[02468]$/.test(kept) ? Number(`${kept}e${exponent}`) : rounded;
}
