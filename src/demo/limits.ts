import type { DemoContainer } from "./types.ts";

/** A text in the body of a request; undefined for anything else. */
export const text = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

/** A list of texts in the body of a request, or an empty one. */
export const list = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

/** An object in the body of a request, or an empty one. */
export const object = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};

/** An object of texts in the body of a request, or an empty one. */
export const texts = (value: unknown): Record<string, string> =>
  Object.fromEntries(Object.entries(object(value)).map(([key, each]) => [key, String(each)]));

const policies = ["no", "always", "unless-stopped", "on-failure"] as const;

/** The limits and the restart policy that a request sets. */
export function limitsOf(config: Record<string, unknown>): Partial<DemoContainer> {
  const policy = policies.find((name) => name === object(config.RestartPolicy).Name);
  return {
    ...(typeof config.Memory === "number" && config.Memory > 0 ? { memoryLimit: config.Memory } : {}),
    ...(typeof config.NanoCpus === "number" && config.NanoCpus > 0 ? { nanoCpus: config.NanoCpus } : {}),
    ...(policy === undefined ? {} : { restartPolicy: policy }),
  };
}
