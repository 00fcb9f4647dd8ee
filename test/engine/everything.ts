import type { EngineAccess } from "./private-engine.ts";

/** Every object of an engine, by "kind:id", as the docker command line tells it. */
export async function everything({ docker }: EngineAccess): Promise<Set<string>> {
  const list = async (kind: string, ...args: string[]) =>
    (await docker(...args))
      .split("\n")
      .filter(Boolean)
      .map((id) => `${kind}:${id}`);
  const cache = JSON.parse(await docker("system", "df", "-v", "--format", "{{json .BuildCache}}")) as
    | { ID: string }[]
    | null;
  return new Set([
    ...(await list("container", "ps", "-aq", "--no-trunc")),
    ...(await list("image", "images", "-aq", "--no-trunc")),
    ...(await list("network", "network", "ls", "-q", "--no-trunc")),
    ...(await list("volume", "volume", "ls", "-q")),
    ...(cache ?? []).map(({ ID }) => `cache:${ID}`),
  ]);
}

/** What was there and is not any more. */
export function missing(before: ReadonlySet<string>, after: ReadonlySet<string>): string[] {
  return [...before].filter((id) => !after.has(id)).sort();
}
