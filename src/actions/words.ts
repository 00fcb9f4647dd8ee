import { shellWords } from "../docker/run/words.ts";

/**
 * The words of one command line as sh would hand them over, or why they are not such a line; `passes` says which signs
 * of the shell stand for themselves.
 */
export function splitWords(
  text: string,
  passes: (part: string) => boolean = () => false,
): { words: readonly string[] } | { fault: string } {
  const { commands, problems } = shellWords(text);
  const [problem] = problems;
  if (problem !== undefined) return { fault: problem };
  const [command, ...more] = commands;
  if (!command) return { words: [] };
  const operator = command.operator ?? more[0]?.operator;
  if (operator !== undefined) return { fault: `No shell reads this: for ${operator} run sh -c '…'.` };
  const part = command.words.flatMap(({ shell }) => shell).find((one) => !passes(one));
  if (part !== undefined) return { fault: `No shell reads this: quote ${part}, or run sh -c '…'.` };
  return { words: command.words.map(({ text }) => text) };
}
