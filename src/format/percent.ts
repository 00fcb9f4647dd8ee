/** A percentage as `docker stats` prints it ("20.62%"): Go's `%.2f%%`, where an exact tie goes to the even digit. */
export function percent(value: number): string {
  const [whole = "", rest = ""] = Math.abs(value).toFixed(40).split(".");
  const isTie = /^\d[02468]50*$/.test(rest);
  return `${isTie ? `${value < 0 ? "-" : ""}${whole}.${rest.slice(0, 2)}` : value.toFixed(2)}%`;
}
