/** A name like that one which is not taken: "web", "web-2", "web-3". */
export function freeName(name: string, taken: readonly string[]): string {
  const stem = name.replace(/-\d+$/, "");
  for (let number = 2; ; number += 1) {
    const next = `${stem}-${number}`;
    if (!taken.includes(next)) return next;
  }
}
