import { isSecret, maskedWords } from "../../format/secrets/masked.ts";
import { record } from "../raw.ts";

/** A name that says so, with something behind it: `password=x`, `"token": "x"`, `Authorization: Bearer x`. */
const named =
  /(?:pass|pwd|secret|token|key|credential|auth|dsn|private|cookie)[\w.-]*["']?\s*[=:]\s*["']?[^\s"']|\bbearer\s+\S|:\/\/[^\s/@]+@/i;

/** What services hand out, and `-psecret`. */
const known = /\b(?:gh[a-z]_|github_pat_|glpat-|xox[a-z]-|AKIA|sk-|eyJ[\w-]{8,}\.)|^-p\S/;

/** A long word of small and capital letters and digits is hardly meant to be read. */
const opaque = /^(?=.*\d)(?=.*[A-Z])(?=.*[a-z])[\w+=-][\w+/=-]{19,}$/;

/**
 * Whether anything in what an engine tells of an object may be secret. Stricter than what is masked on the screen: this
 * is asked before something is written to a disk, where it stays.
 */
export function holdsSecrets(value: unknown, name = ""): boolean {
  if (typeof value === "string") return isSecret(name, value) || isSecretText(value);
  if (!Array.isArray(value))
    return Object.entries(record(value)).some(([key, field]) => holdsSecrets(field, key));
  const words = value.filter((word) => typeof word === "string");
  return (
    maskedWords(words).some((word, at) => word !== words[at]) || value.some((one) => holdsSecrets(one, name))
  );
}

function isSecretText(text: string): boolean {
  const words = [text, text.slice(text.indexOf("=") + 1)];
  return named.test(text) || words.some((word) => known.test(word) || opaque.test(word));
}
