import { fail } from "./http.ts";

/** Filters of a request: name → the values, any of which may match. */
export type Filters = ReadonlyMap<string, readonly string[]>;

/** Reads the `filters` of a query, lists or {value: true} maps; throws ApiError 400 on names not in `known`. */
export function readFilters(query: URLSearchParams, known: readonly string[]): Filters {
  const filters = new Map<string, readonly string[]>();
  for (const [name, values] of Object.entries(parse(query.get("filters")))) {
    if (!known.includes(name)) fail(400, `invalid filter '${name}'`);
    if (Array.isArray(values)) filters.set(name, values.map(String));
    else if (typeof values === "object" && values !== null) filters.set(name, Object.keys(values));
    else fail(400, "invalid filter");
  }
  return filters;
}

function parse(text: string | null): Record<string, unknown> {
  if (text === null || text === "") return {};
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
  } catch {
    // Falls through to the engine's one answer for anything unreadable.
  }
  return fail(400, "invalid filter");
}

/** Whether the filter `name` is absent or one of its values passes `test`. */
export function allows(filters: Filters, name: string, test: (value: string) => boolean): boolean {
  const values = filters.get(name);
  return values === undefined || values.length === 0 || values.some(test);
}

/** Whether the labels have every label asked for, as `key` or `key=value`. */
export function hasLabels(filters: Filters, labels: Readonly<Record<string, string>>): boolean {
  const wanted = filters.get("label") ?? [];
  return wanted.every((label) => {
    const at = label.indexOf("=");
    if (at < 0) return Object.hasOwn(labels, label);
    return labels[label.slice(0, at)] === label.slice(at + 1);
  });
}
