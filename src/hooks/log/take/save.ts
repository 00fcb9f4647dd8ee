import { ask } from "../../../actions/ask.ts";
import { type Answers, type ChoiceField, textOf } from "../../../actions/question.ts";
import { notify, type Session } from "../../../actions/session.ts";
import { explain, inFull } from "../../../docker/errors.ts";
import { decimalSize } from "../../../format/size.ts";
import type { LogPlace } from "../ask.ts";
import { extentOf, fileField, formOf, logName, takeFields } from "./fields.ts";
import { endPicking } from "./pick.ts";
import { pickedTexts } from "./picked.ts";
import { saveWhole } from "./save-whole.ts";
import { keptLines, writtenAs } from "./written.ts";

const asWritten = "as written";

const formField: ChoiceField = {
  kind: "choice",
  id: "form",
  label: "Text",
  value: "plain",
  choices: ["plain", asWritten],
  hint: "plain: no colours, other controls made visible; as written: whatever came, controls too",
};

/** Asks for a file and which lines of the log go into it, the kept ones or all that the engine has. */
export function askSave(place: LogPlace): void {
  const { session } = place;
  const name = logName(place);
  ask(session, {
    title: `Save the lines of ${name} to a file of this machine?`,
    objects: [],
    fields: [fileField(session.host, name), ...takeFields(place), formField],
    verb: "save",
    helpRows: 2,
    danger: false,
    answer(answers) {
      const { whole } = extentOf(place, answers);
      const form = formOf(answers, answers.form === asWritten ? "raw" : "plain");
      const target = textOf(answers.file);
      if (whole)
        return void saveWhole(place, { ...whole, target, form, filtered: answers.filtered === true });
      void saveTexts(place, target, keptTexts(place, answers, writtenAs(form)));
    },
  });
}

async function* keptTexts(
  { view }: LogPlace,
  { filtered }: Answers,
  write: ReturnType<typeof writtenAs>,
): AsyncGenerator<string> {
  for await (const lines of keptLines(view, filtered === true)) yield write(lines);
}

/** Asks for a file, and writes what is selected into it; `reason` says why there where another thing was wanted. */
export function askSavePicked(place: LogPlace, reason = ""): void {
  const { view, session } = place;
  const texts = pickedTexts(view);
  const what = `${texts.length} ${texts.length === 1 ? "line" : "lines"}`;
  ask(session, {
    title: `${reason}Save ${reason === "" ? what : "it"} to a file of this machine?`,
    objects: [],
    fields: [fileField(session.host, logName(place))],
    verb: "save",
    helpRows: 2,
    danger: false,
    answer: ({ file }) =>
      void saveTexts(place, textOf(file), [`${texts.join("\n")}\n`]).then((isSaved) => {
        if (isSaved) endPicking(view);
      }),
  });
}

async function saveTexts(
  place: LogPlace,
  target: string,
  texts: Iterable<string> | AsyncIterable<string>,
): Promise<boolean> {
  const { session } = place;
  try {
    const { path, bytes } = await session.host.save(target, texts, { name: `${logName(place)}.log` });
    notify(session, "good", `Saved ${decimalSize(bytes)} to ${path}.`);
    return true;
  } catch (error) {
    notify(session, "bad", notWritten(session, target, error));
    return false;
  }
}

/** Why a file was not written. */
function notWritten({ host, engine }: Session, target: string, error: unknown): string {
  return `${host.localPath(target)} is not written: ${inFull(explain(error, engine.endpoint))}`;
}
