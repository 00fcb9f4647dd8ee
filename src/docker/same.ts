/**
 * Whether two plain values hold the same. A container's `since` is passed over: it is reckoned from the engine's words
 * ("Up 3 hours"), which are compared themselves, and drifts with every load.
 */
export function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  const left = a as Record<string, unknown>;
  const right = b as Record<string, unknown>;
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => key === "since" || (key in right && same(left[key], right[key])))
  );
}
