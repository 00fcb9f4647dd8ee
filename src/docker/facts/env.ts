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

const secretName = /pass|secret|token|key|credential|auth|dsn|private/i;
const userInfo = /\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi;

/** Whether a name (PASSWORD, API_KEY) or a value (scheme://user:password@host) looks secret; an empty one is not. */
export function isSecret(name: string, value: string): boolean {
  return value !== "" && (secretName.test(name) || value.search(userInfo) >= 0);
}

/** A value to show in place of a secret one: a URL without its user and password, anything else as dots. */
export function masked(name: string, value: string): string {
  if (!isSecret(name, value)) return value;
  return secretName.test(name) ? "••••••" : value.replace(userInfo, "$1•••@");
}

/** The words of a command line with secret ones masked: `--token=…`, `KEY=…`, and what follows a word like `--password`. */
export function maskedWords(words: readonly string[]): string[] {
  return words.map((word, index) => {
    if (/^--?[a-z-]*(pass|secret|token)[a-z-]*$/i.test(words[index - 1] ?? "")) return "••••••";
    const [name = "", ...rest] = word.split("=");
    return rest.length > 0 ? `${name}=${masked(name, rest.join("="))}` : masked("", word);
  });
}

/** An answer of inspect to be shown: its environment, labels and command lines with secrets masked. */
export function withoutSecrets(value: unknown): unknown {
  const raw = record(value);
  const config = record(raw.Config);
  if (raw.Config === undefined) return value;
  const texts = (all: unknown) => (Array.isArray(all) ? maskedWords(all.map(String)) : all);
  const labels = Object.entries(record(config.Labels)).map(([key, label]) => [
    key,
    masked(key, String(label)),
  ]);
  return {
    ...raw,
    ...(Array.isArray(raw.Args) ? { Args: texts(raw.Args) } : {}),
    Config: {
      ...config,
      Env: texts(config.Env),
      Cmd: texts(config.Cmd),
      Entrypoint: texts(config.Entrypoint),
      ...(config.Labels ? { Labels: Object.fromEntries(labels) } : {}),
    },
  };
}
