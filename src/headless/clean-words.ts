import type { Outcome } from "../actions/clean-up/carry-out.ts";
import { type CleanUpItem, type CleanUpKind, cleanUpKinds } from "../actions/clean-up/item.ts";
import { bytesText, sizeText, totalText, whyText } from "../actions/clean-up/words.ts";
import { decimalSize } from "../format/size.ts";
import { wrapWords } from "../format/wrap.ts";
import type { Plan, PlanRow } from "./clean-plan.ts";
import { table } from "./table.ts";

/** What was removed came back: bytes of all kinds, and by kind. */
export type Gain = { bytes: number; byKind: Readonly<Record<CleanUpKind, number>> };

/** How a plan is shown: at which moment (ms), how wide at most, and the command line that carries it out. */
export type PlanLook = { now: number; columns?: number | undefined; command: string };

/** A narrower terminal has no room for ids. */
const roomForIds = 100;

/** The plan as text: a line for each object, then what it comes to. */
export function planText(plan: Plan, { now, columns, command }: PlanLook): string {
  const withIds = columns === undefined || columns >= roomForIds;
  const cells = ({ item, fate, rule }: PlanRow) => [
    ...[fate, item.kind, item.name],
    ...(withIds ? [shortId(item)] : []),
    item.kind === "network" ? "" : sizeText(item),
    [whyText(item, now), rule].filter(Boolean).join(": "),
  ];
  const headings = ["PLAN", "KIND", "NAME", ...(withIds ? ["ID"] : []), "SIZE", "WHY"];
  const list = table([headings, ...plan.rows.map(cells)], columns);
  const end = summary(plan).flatMap((line) => wrapWords(line, columns ?? Number.POSITIVE_INFINITY));
  const how = plan.ticked.length === 0 ? [] : [`To remove them: ${command}`];
  return [list, ...[...end, ...how].map((line) => `${line}\n`)].join("");
}

function summary({ rows, ticked, hidden, promised }: Plan): readonly string[] {
  if (ticked.length === 0) return ["Nothing to remove."];
  const kinds = cleanUpKinds.flatMap((kind) => {
    const count = ticked.filter((item) => item.kind === kind).length;
    const size = kind === "network" ? "" : ` (${decimalSize(promised.byKind[kind])})`;
    return count === 0 ? [] : [`${count} ${nouns[kind][count === 1 ? 0 : 1]}${size}`];
  });
  return [
    `${ticked.length} of ${rows.length} objects go: ${kinds.join(", ")}; ${totalText(promised)}.`,
    ...(hidden.length === 0 ? [] : [hiddenText(hidden.length)]),
  ];
}

function hiddenText(count: number): string {
  return count === 1
    ? "1 nameless image under them goes too."
    : `${count} nameless images under them go too.`;
}

const nouns: Readonly<Record<CleanUpKind, readonly [one: string, more: string]>> = {
  container: ["container", "containers"],
  image: ["image", "images"],
  network: ["network", "networks"],
  volume: ["volume", "volumes"],
  cache: ["build cache record", "build cache records"],
};

/** What people know an object by besides its name; of a volume that is all there is. */
function shortId({ kind, ref, name }: CleanUpItem): string {
  const short = ref.replace(/^sha256:/, "").slice(0, 12);
  return kind === "volume" || name.includes(short) ? "" : short;
}

/** What became of one object, in a line. */
export function outcomeText(item: CleanUpItem, outcome: Outcome): string {
  const said = reasonOf(outcome);
  const id = shortId(item);
  const what = `${item.kind} ${item.name}${id === "" ? "" : ` (${id})`}`;
  return `${outcome.kind} ${what}${said === undefined ? "" : `: ${said}`}\n`;
}

/** What there is to say of an outcome beside its name. */
export function reasonOf(outcome: Outcome): string | undefined {
  return "reason" in outcome ? outcome.reason : "note" in outcome ? outcome.note : undefined;
}

/** What a clean-up came to. */
export function endText({ ticked, promised }: Plan, removed: number, gain: Gain | undefined): string {
  if (ticked.length === 0) return "Nothing to remove.\n";
  const back = gain ? `${decimalSize(Math.max(0, gain.bytes))} came back` : "what came back was not measured";
  return `Removed ${removed} of ${ticked.length} objects, ${back} (promised: ${bytesText(promised)}).\n`;
}
