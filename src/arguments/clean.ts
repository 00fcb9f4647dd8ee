import { type CleanUpKind, cleanUpKinds } from "../actions/clean-up/item.ts";
import { type CleanUpRules, faultOfLabel, faultOfUntil, firstRules } from "../actions/clean-up/rules.ts";
import { ProblemError } from "../docker/errors.ts";
import { parseUntil } from "../format/age.ts";
import { cleanLine } from "../format/clean.ts";

/** The options that only `dockui clean` knows, as `parseArgs` takes them. What is given twice is seen, and told. */
export const cleanOptions = {
  plan: { type: "boolean" },
  yes: { type: "boolean" },
  kind: { type: "string", multiple: true },
  until: { type: "string", multiple: true },
  label: { type: "string", multiple: true },
  images: { type: "string", multiple: true },
  volumes: { type: "string", multiple: true },
} as const;

type Texts = readonly string[] | undefined;

/** What stands behind `dockui clean`, as words. */
export type CleanValues = {
  plan?: boolean | undefined;
  yes?: boolean | undefined;
  json?: boolean | undefined;
  "read-only"?: boolean | undefined;
  kind?: Texts;
  until?: Texts;
  label?: Texts;
  images?: Texts;
  volumes?: Texts;
};

/**
 * The rules that those words stand for at the moment `now` (ms), and whether it is to be done. Throws a problem that
 * says what is wrong.
 */
export function cleanWish(
  values: CleanValues,
  rest: readonly string[],
  now: number,
): { rules: CleanUpRules; yes: boolean; json: boolean } {
  const [extra] = rest;
  if (extra !== undefined)
    fault(
      `dockui clean does not know ${quoted(extra)}.`,
      "It takes options only: --kind, --until, --label, --images, --volumes.",
    );
  if (values.plan && values.yes) fault("--plan only shows, --yes removes: give one of them.");
  if (values.yes && values["read-only"])
    fault("--read-only keeps --yes from removing anything: give one of them.");
  const { label = [] } = values;
  for (const rule of label) {
    const problem = faultOfLabel(rule);
    if (problem !== undefined) fault(`--label ${quoted(rule)} is not understood.`, problem);
  }
  return {
    rules: {
      kinds: values.kind === undefined ? firstRules.kinds : kindsIn(values.kind),
      until: untilIn(single("--until", values.until), now),
      labels: label,
      images: choice("--images", values.images, ["dangling", "all"]) ?? firstRules.images,
      volumes: choice("--volumes", values.volumes, ["none", "anonymous", "all"]) ?? firstRules.volumes,
    },
    yes: values.yes ?? false,
    json: values.json ?? false,
  };
}

/** Throws a problem that names an option which only `dockui clean` knows, where there is one. */
export function refuseCleanOptions(values: CleanValues): void {
  const names = Object.keys(cleanOptions) as (keyof typeof cleanOptions)[];
  const given = names.find((name) => values[name] !== undefined);
  if (given !== undefined)
    fault(
      `--${given} is an option of dockui clean only.`,
      "dockui clean shows what can be removed; dockui --help lists what there is.",
    );
}

const kindNames: ReadonlyMap<string, CleanUpKind> = new Map([
  ...cleanUpKinds.map((kind) => [kind, kind] as const),
  ...cleanUpKinds.filter((kind) => kind !== "cache").map((kind) => [`${kind}s`, kind] as const),
  ["build-cache", "cache"],
]);

/** Kinds with commas between them; given again, those too. */
function kindsIn(texts: readonly string[]): readonly CleanUpKind[] {
  const words = texts.flatMap((text) => text.split(",")).map((word) => word.trim());
  const wanted = words.map(
    (word) =>
      kindNames.get(word) ??
      fault(
        `--kind ${quoted(word)}: there is no such kind.`,
        "The kinds are containers, images, networks, volumes, cache, with commas between them.",
      ),
  );
  return cleanUpKinds.filter((kind) => wanted.includes(kind));
}

/** No age can be meant by a moment before this: there was no Docker. It is a number without its unit. */
const beforeDocker = Date.UTC(2010, 0);

/** An empty text, such as that of a variable that is not set, would tick whatever its age. */
function untilIn(text: string | undefined, now: number): string {
  if (text === undefined) return "";
  const moment = parseUntil(text, now);
  if (moment === undefined)
    fault(`--until ${quoted(text)} is not understood.`, faultOfUntil(text) ?? "Leave it out for any age.");
  if (moment > now) fault(`--until ${quoted(text)} lies in the future: everything is older than that.`);
  if (moment < beforeDocker)
    fault(
      `--until ${quoted(text)} is in ${new Date(moment).getUTCFullYear()}: nothing is older than that.`,
      "A duration has its unit behind it, as in 24h or 7d.",
    );
  return text.trim();
}

function choice<Word extends string>(option: string, texts: Texts, words: readonly Word[]): Word | undefined {
  const text = single(option, texts);
  if (text === undefined) return undefined;
  return (
    words.find((word) => word === text) ??
    fault(`${option} ${quoted(text)}: it is one of ${words.join(", ")}.`)
  );
}

function single(option: string, texts: Texts = []): string | undefined {
  if (texts.length > 1) fault(`${option} is given twice: ${texts.map(quoted).join(" and ")}.`);
  return texts[0];
}

/** A word of the command line, harmless and in quotes. */
export function quoted(text: string): string {
  return `"${cleanLine(text)}"`;
}

function fault(message: string, hint?: string): never {
  throw new ProblemError({ kind: "usage", message, ...(hint === undefined ? {} : { hint }) });
}
