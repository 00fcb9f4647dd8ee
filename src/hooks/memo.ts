/** Computes again only when one of the keys is another value than last time. */
export function memo<Value>(keys: () => readonly unknown[], compute: () => Value): () => Value {
  let last: { keys: readonly unknown[]; value: Value } | undefined;
  return () => {
    const now = keys();
    if (!last || now.some((key, index) => key !== last?.keys[index])) last = { keys: now, value: compute() };
    return last.value;
  };
}
