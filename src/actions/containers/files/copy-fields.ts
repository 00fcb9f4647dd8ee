import type { Copied } from "../../../docker/archive/local.ts";
import { decimalSize } from "../../../format/size.ts";
import type { Run } from "../../action.ts";
import type { Answers, SwitchField, TextField } from "../../question.ts";
import type { Host } from "../../session.ts";
import { faultOfTarget } from "./copy-faults.ts";

/** What all copies have in common: they keep nothing else from being done, and change nothing before they are complete. */
export const copying = {
  on: "targets",
  keys: [],
  doing: "copying",
  background: true,
  cancelled: "cancelled; nothing of it is left behind.",
} as const;

/** Whether what stands there already may go. */
export const replaceField: SwitchField = {
  kind: "switch",
  id: "replace",
  label: "Replace",
  on: false,
  hint: "what stands there already; a folder is filled up file by file",
};

/** What the answer to `replaceField` means. */
export function existingOf({ replace }: Answers): "refuse" | "replace" {
  return replace === true ? "replace" : "refuse";
}

/**
 * Where copies of those names come to on this machine: of one "to", a folder or a new name in one; of several "folder",
 * which must be there.
 */
export function targetField(
  host: Host,
  {
    count,
    value = ".",
    names,
  }: { count: number; value?: string; names(answers: Answers): readonly string[] },
): TextField {
  const here = `(. is ${host.localPath(".")})`;
  return {
    kind: "text",
    id: count === 1 ? "to" : "folder",
    label: count === 1 ? "To, here" : "Into folder",
    value,
    hint: count === 1 ? `a folder here ${here}, or a new name in one` : `a folder here ${here}`,
    check: (typed, answers) =>
      faultOfTarget(host, typed, { count, names: names(answers), existing: existingOf(answers) }),
  };
}

/** Reports what a copy has brought, and what it has not. */
export function tellCopied(
  { note }: Pick<Run, "note">,
  { path, bytes, files, skipped }: Copied,
  { leftover }: { leftover?: string | undefined } = {},
): void {
  const what = files === 1 ? "" : `${files} files, `;
  note(`It is ${path}: ${what}${decimalSize(bytes)}.`);
  const [first, ...more] = skipped.map((one) => `${one.path}: ${one.reason}`);
  if (first !== undefined) {
    const rest = more.length === 0 ? "" : ` (and ${more.length} more: J lists them)`;
    note(`${skipped.length} not as it was: ${first}${rest}.`, { tone: "warn", more });
  }
  if (leftover !== undefined) note(`${leftover} could not be cleared away.`, { tone: "warn" });
}
