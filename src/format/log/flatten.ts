/** Bounds of what a line of strangers is flattened to: levels of keys, fields, and characters of a key and a list. */
const deepest = 4;
const mostFields = 64;
const longestKey = 100;
const longestList = 256;

/** Items and levels of a list or an object that is written as one value. */
const mostItems = 16;
const deepestItems = 3;

/**
 * The fields of a parsed JSON object but those under `without`, nested objects as dotted keys; lists and what is
 * nested deeper as short JSON. At most 64; the last one then says under "…" how many more there are at least.
 */
export function flatten(value: object, without: ReadonlySet<string>): [key: string, value: string][] {
  const fields: [string, string][] = [];
  let more = 0;
  const add = (path: string, part: unknown, depth: number) => {
    if (without.has(path)) return;
    if (fields.length >= mostFields) {
      more += 1;
      return;
    }
    if (depth < deepest && isObject(part) && !isEmpty(part)) {
      for (const key of Object.keys(part)) add(shortKey(`${path}.${key}`), Reflect.get(part, key), depth + 1);
    } else fields.push([path, valueText(part)]);
  };
  for (const key of Object.keys(value)) add(shortKey(key), Reflect.get(value, key), 1);
  return more === 0 ? fields : [...fields, ["…", `${more} more`]];
}

/** A JSON value as one text: strings as they are, all else as JSON, long lists and objects cut short. */
export function valueText(value: unknown): string {
  if (typeof value === "string") return value;
  const json = JSON.stringify(typeof value === "object" ? prune(value, 1) : value) ?? "";
  return json.length > longestList ? `${json.slice(0, longestList).toWellFormed()}…` : json;
}

/** The value with at most so many items and levels, so that writing it costs little however large it is. */
function prune(value: unknown, depth: number): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (depth > deepestItems) return "…";
  if (Array.isArray(value)) {
    const items = value.slice(0, mostItems).map((item) => prune(item, depth + 1));
    return value.length > mostItems ? [...items, "…"] : items;
  }
  const entries = Object.keys(value)
    .slice(0, mostItems)
    .map((key) => [key, prune(Reflect.get(value, key), depth + 1)] as const);
  return Object.fromEntries(entries);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isEmpty(value: object): boolean {
  return Object.keys(value).length === 0;
}

function shortKey(key: string): string {
  return key.length > longestKey ? `${key.slice(0, longestKey).toWellFormed()}…` : key;
}
