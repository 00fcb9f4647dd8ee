import type { UnreadLine } from "../../../docker/run/parse.ts";
import { type Answers, textOf } from "../../question.ts";
import { formFlags } from "./answers.ts";
import { isList } from "./flag-text.ts";

/**
 * The form with what could not be read in its lines, as it was written: each such line is wrong until a person mends it,
 * so that no container is made without it.
 */
export function withUnread(answers: Answers, { flags, image, command }: UnreadLine): Answers {
  const filled: Record<string, Answers[string]> = { ...answers };
  const add = (id: string, text: string) => {
    filled[id] = `${textOf(filled[id])} ${text}`.trim();
  };
  for (const { flag, raw } of flags) {
    if (flag?.takes === undefined) add("more", raw);
    else if (!formFlags.includes(flag)) add("more", `--${flag.name} ${raw}`);
    else if (isList(flag)) add(flag.name, raw);
    else filled[flag.name] = single(raw);
  }
  if (image !== undefined) filled.image = image;
  if (command !== undefined) filled.command = command;
  return filled;
}

/** In a line of one value a sign is a sign, unless it stands in quotes as for a shell. */
function single(raw: string): string {
  return raw.startsWith('"') || !/[$`]/.test(raw) ? raw : `"${raw}"`;
}
