import { emptySpec } from "../../../docker/run/empty-spec.ts";
import type { Flag } from "../../../docker/run/flag.ts";
import { sentence } from "../../../docker/run/kind.ts";
import { isGlob } from "../../../docker/run/read-flags.ts";
import type { RunSpec } from "../../../docker/run/spec.ts";
import { shellQuote } from "../../../format/quote.ts";
import type { Answers } from "../../question.ts";
import { splitWords } from "../../words.ts";

/** A spec with an answer taken over, or the sentence that says why it will not do. */
export type FlagAnswer = { spec: RunSpec } | { fault: string };

/** Whether a flag may be given several times: its line then holds words as a shell takes them. */
export function isList({ fields }: Flag): boolean {
  return fields.some((field) => Array.isArray(emptySpec[field]));
}

/** What a spec says by that flag, as the form shows it; what is on or off is true or false. */
export function answerOf(flag: Flag, spec: RunSpec): Answers[string] {
  const words = flag.write(spec);
  if (flag.takes === undefined) return words.length > 0;
  const values = words.filter((_, index) => index % 2 === 1);
  if (isList(flag)) return shellQuote(values);
  const [value] = values;
  if (value === undefined) return "";
  return value === "" || /^['"\s]|\s$/.test(value) ? shellQuote([value]) : value;
}

/** Takes an answer over into a spec in which the flag says nothing yet. */
export function readAnswer(flag: Flag, spec: RunSpec, answer: Answers[string] | undefined): FlagAnswer {
  if (flag.takes === undefined) return answer === true ? readWords(flag, spec, ["true"]) : { spec };
  const text = String(answer ?? "").trim();
  if (text === "") return { spec };
  const split = splitWords(text, isGlob);
  if (isList(flag)) return "fault" in split ? split : readWords(flag, spec, split.words);
  if (/^"/.test(text) && "fault" in split) return split; // pasted, with something that only a shell knows
  const quoted = /^['"]/.test(text) && "words" in split && split.words.length === 1;
  return readWords(flag, spec, quoted ? split.words : [text]);
}

function readWords(flag: Flag, before: RunSpec, words: readonly string[]): FlagAnswer {
  let spec = before;
  for (const word of words) {
    const read = flag.read(spec, word);
    if ("problem" in read) return { fault: `${sentence("", word, read.problem)}.` };
    spec = read.value;
  }
  return { spec };
}
