import type { LogBuffer } from "../../docker/log-buffer.ts";
import type { LogLine } from "../../docker/logs.ts";

/** What is found out of a line once, for as long as it is kept. */
export function kept<Value>(
  { get }: LogBuffer,
  find: (line: LogLine) => Value,
): (number: number) => Value | undefined {
  const known = new WeakMap<LogLine, { value: Value }>();
  return (number) => {
    const line = get(number);
    if (!line) return undefined;
    const found = known.get(line) ?? { value: find(line) };
    known.set(line, found);
    return found.value;
  };
}
