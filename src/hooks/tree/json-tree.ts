import { cleanLine } from "../../format/clean.ts";
import type { TreeNode } from "./tree.ts";

/** A JSON value as a tree; paths are those of jq (".Config.Env[2]", `.Labels["com.example"]`). */
export function jsonTree(value: unknown, path = ""): TreeNode[] {
  return entriesOf(value).map(([key, inner]) => {
    const own = path + step(key, Array.isArray(value));
    const children = jsonTree(inner, own);
    const name = Array.isArray(value) ? "" : `${cleanLine(key)}: `;
    return {
      path: cleanLine(own),
      text: name + brief(inner, children.length),
      value: copied(inner),
      children,
    };
  });
}

function entriesOf(value: unknown): [key: string, value: unknown][] {
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}

function step(key: string, inList: boolean): string {
  if (inList) return `[${key}]`;
  return /^[A-Za-z_]\w*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}

/** A value on one line: what is nested only says how much it holds. */
function brief(value: unknown, count: number): string {
  if (Array.isArray(value)) return count === 0 ? "[]" : `[${count}]`;
  if (typeof value === "object" && value !== null) return count === 0 ? "{}" : `{${count}}`;
  return cleanLine(JSON.stringify(value) ?? "null");
}

function copied(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value, undefined, 2) ?? "null");
}
