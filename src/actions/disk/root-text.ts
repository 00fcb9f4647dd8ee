import type { DataRoot } from "../../docker/disk/data-root.ts";
import { decimalSize } from "../../format/size.ts";

/** Where an engine keeps its data, and how full that disk is or why it is not known, in one line. */
export function rootText({ path, driver, filesystem, size, free, why }: DataRoot): string {
  const on = [driver, filesystem].filter(Boolean).join(" on ");
  const place = ["Data root", path, on && `(${on})`].filter(Boolean).join(" ");
  if (size === undefined || free === undefined)
    return `${place}: ${why ?? "how full its disk is is not known."}`;
  return `${place}: ${decimalSize(free)} of ${decimalSize(size)} free`;
}
