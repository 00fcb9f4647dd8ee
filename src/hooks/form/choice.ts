import type { ChoiceField } from "../../actions/question.ts";
import type { KeyPress } from "../keys.ts";

/** A choice of a form: what is chosen, and the letters typed to find it. */
export type Chosen = { value: string; sought: string };

/** Of more choices than these it is worth a hint that they are found by typing. */
export const fewChoices = 3;

/**
 * What a key makes of a choice: arrows and space step through, letters find what begins with them or holds them.
 * Undefined when it says nothing here.
 */
export function choose(
  { choices }: ChoiceField,
  { value, sought }: Chosen,
  key: KeyPress,
): Chosen | undefined {
  const step = { right: 1, space: 1, left: -1 }[key.name];
  if (step !== undefined) {
    const at = choices.indexOf(value);
    return { value: choices[(at + step + choices.length) % choices.length] ?? "", sought: "" };
  }
  if (key.name === "backspace") return { value, sought: sought.slice(0, -1) };
  if (key.text === undefined) return undefined;
  const wanted = sought + key.text.toLowerCase();
  const found =
    choices.find((choice) => choice.toLowerCase().startsWith(wanted)) ??
    choices.find((choice) => choice.toLowerCase().includes(wanted));
  return found === undefined ? undefined : { value: found, sought: wanted };
}
