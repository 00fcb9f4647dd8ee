import type { CopyProgress } from "../../../docker/archive/local.ts";
import type { Container } from "../../../docker/containers.ts";
import { shellQuote } from "../../../format/quote.ts";
import { decimalSize } from "../../../format/size.ts";
import type { TargetsAction } from "../../action.ts";
import { textOf } from "../../question.ts";
import { copying, existingOf, replaceField, targetField, tellCopied } from "./copy-fields.ts";
import { type FileItem, nameOf } from "./items.ts";
import { lastName } from "./open.ts";

/** Copies lines of a container's folders out of it. */
export function copyFileOut({ name }: Container): TargetsAction<FileItem> {
  return {
    ...copying,
    id: "copy-file-out",
    keys: ["c"],
    label: "copy out",
    help: "Copy out to this machine: the marked files and folders, or the one under the cursor",
    footer: 2,
    done: "copied out",
    unavailable({ entry }) {
      if (entry.path === undefined) return "its name is not UTF-8; copy the folder it is in.";
      return entry.kind === "other" ? "it is a device, a pipe or a socket." : undefined;
    },
    confirm: {
      danger: false,
      detail: ({ entry }) => (entry.complete ? decimalSize(entry.size) : ""),
      words: (items) => ({
        title: `Copy ${items.length === 1 ? "it" : `${items.length}`} out of ${name} to where?`,
        verb: "copy",
      }),
      prepare: async (items, { host }) => [
        targetField(host, {
          count: items.length,
          names: () => items.map((item) => lastName(nameOf(item))),
        }),
        replaceField,
      ],
    },
    command: (paths, { to, folder }) =>
      paths
        .map((path) => shellQuote(["docker", "cp", `${name}:${path}`, textOf(to ?? folder) || "."]))
        .join("; "),
    async run({ container, entry }, run) {
      const { engine, answers, signal } = run;
      // The engine tells the size of files only; of a folder it was read already.
      const whole = entry.complete ? entry.size : undefined;
      const onProgress = ({ bytes, total = whole }: CopyProgress) => run.progress({ bytes, total });
      const options = { signal, existing: existingOf(answers), onProgress };
      const target = textOf(answers.to ?? answers.folder);
      tellCopied(run, await engine.copyOut(container.id, entry.path ?? "", target, options));
    },
  };
}
