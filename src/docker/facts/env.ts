import { isSecret } from "../../format/secrets/masked.ts";
import { list, record, text } from "../raw.ts";

/** A variable of the environment; `secret` when its name or value looks like one that nobody should read along. */
export type Variable = { key: string; value: string; secret: boolean };

/** The environment in an answer of `GET /containers/{id}/json`, in its order. */
export function toEnv(value: unknown): Variable[] {
  return list(record(record(value).Config).Env).map((entry) => {
    const [key = "", ...rest] = text(entry).split("=");
    const content = rest.join("=");
    return { key, value: content, secret: isSecret(key, content) };
  });
}
