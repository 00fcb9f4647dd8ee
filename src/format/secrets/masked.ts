import { clients, secretName, secretOption } from "./shapes.ts";
import { secretSpans } from "./spans.ts";

/** What stands in the place of a secret. */
const dots = "••••••";

/**
 * A text with what looks secret in it masked. Whatever of strangers or of a person is shown, kept in the journal or put
 * into a title passes here, or one of the functions below that know more of the text's form.
 */
export function masked(text: string): string {
  let from = 0;
  let shown = "";
  for (const [start, end] of secretSpans(text)) {
    shown += text.slice(from, start) + dots;
    from = end;
  }
  return shown + text.slice(from);
}

/** The value of a name (PASSWORD, API_KEY) or what is secret in it (scheme://user:password@host) masked. */
export function maskedValue(name: string, value: string): string {
  if (value === "") return "";
  return secretName.test(name) ? dots : masked(value);
}

/** Whether a name or a value looks secret; an empty one is not. */
export function isSecret(name: string, value: string): boolean {
  return maskedValue(name, value) !== value;
}

/** The words of a command line with secret ones masked: `--token=…`, `KEY=…`, what follows `--password`, `-p…` of mysql. */
export function maskedWords(words: readonly string[]): string[] {
  return words.map((word, index) => {
    const before = words.slice(0, index);
    if (secretOption.test(before.at(-1) ?? "")) return dots;
    const given = byClient(word, before);
    if (given !== undefined) return given;
    const [, name, value] = /^([^\s=]+)=([\s\S]*)$/.exec(word) ?? [];
    return name === undefined ? masked(word) : `${name}=${maskedValue(name, value ?? "")}`;
  });
}

/** A word by which a program takes a secret, masked; undefined for any other. */
function byClient(word: string, before: readonly string[]): string | undefined {
  for (const { program, flag, glued, next, behind } of clients) {
    if (!before.some((one) => new RegExp(`(?:^|/)${program}$`).test(one))) continue;
    const lead = next && new RegExp(`^${flag}$`).test(before.at(-1) ?? "") ? "" : flag;
    const user = behind === undefined ? "" : `[^${behind}]+${behind}`;
    const [, shown] = ((lead === "" || glued) && new RegExp(`^(${lead}${user})[\\s\\S]`).exec(word)) || [];
    if (shown !== undefined) return shown + dots;
  }
  return undefined;
}

/** An answer of the engine to be shown: every text in it masked, by its name, and lists of texts as command lines. */
export function maskedJson(value: unknown, name = ""): unknown {
  if (typeof value === "string") return maskedValue(name, value);
  if (Array.isArray(value))
    return value.every((one) => typeof one === "string")
      ? maskedWords(value)
      : value.map((one) => maskedJson(one));
  if (typeof value !== "object" || value === null) return value;
  const fields = Object.entries(value).map(([key, inner]) => [key, maskedJson(inner, key)] as const);
  return Object.fromEntries([...fields, ...commandFields(value)]);
}

/** Arguments that stand apart from the program they belong to. */
function commandFields(value: object): [key: string, words: string[]][] {
  const { Path, Args, Entrypoint, Cmd } = value as Record<string, unknown>;
  const behind = (key: string, first: unknown, rest: unknown): [string, string[]][] => {
    const lead = Array.isArray(first) ? first.map(String) : [String(first ?? "")];
    return Array.isArray(rest) ? [[key, maskedWords([...lead, ...rest.map(String)]).slice(lead.length)]] : [];
  };
  return [...behind("Args", Path, Args), ...behind("Cmd", Entrypoint, Cmd)];
}
