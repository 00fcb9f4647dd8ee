import { ask } from "../../../actions/ask.ts";
import { textOf } from "../../../actions/question.ts";
import { notify } from "../../../actions/session.ts";
import { explain, inFull } from "../../../docker/errors.ts";
import { decimalSize } from "../../../format/size.ts";
import type { LogPlace } from "../ask.ts";
import { endPicking } from "./pick.ts";
import { pickedTexts, textsOf } from "./picked.ts";

/** Asks for a file, and writes into it what is selected, or else all kept lines that are shown. */
export function askSave({ view, session }: LogPlace): void {
  const { buffer } = view.feed;
  const all = { anchor: buffer.first(), head: buffer.end() - 1 };
  const lines = view.get().picked ? pickedTexts(view) : textsOf(view, all);
  const { host } = session;
  ask(session, {
    title: `Save ${lines.length} ${lines.length === 1 ? "line" : "lines"} to a file of this machine?`,
    objects: [],
    fields: [
      {
        ...{ kind: "text", id: "file", label: "File", value: "dockui.log" },
        hint: "a new file; ~ is your home",
        check(text) {
          if (text.trim() === "") return "Name a file.";
          const kind = host.localKind(text.trim());
          return kind === undefined ? undefined : `There is a ${kind} of that name already.`;
        },
      },
    ],
    verb: "save",
    danger: false,
    answer(answers) {
      const path = host.localPath(textOf(answers.file));
      host.save(path, `${lines.join("\n")}\n`).then(
        (bytes) => {
          endPicking(view);
          notify(session, "good", `Saved ${decimalSize(bytes)} to ${path}.`);
        },
        (error: unknown) => notify(session, "bad", `${path} is not written: ${inFull(explain(error))}`),
      );
    },
  });
}
