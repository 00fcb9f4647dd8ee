import { text } from "../raw.ts";

/** The names in an /etc/passwd or /etc/group, by number; the first one of a number counts. */
export function accountNames(file: string): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  for (const line of file.split("\n")) {
    const [name = "", , number = ""] = line.split(":");
    if (name !== "" && /^\d+$/.test(number) && !names.has(Number(number)))
      names.set(Number(number), text(name));
  }
  return names;
}
