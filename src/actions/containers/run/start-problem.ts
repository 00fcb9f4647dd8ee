/** What an engine says when a container does not start, in fewer words. */
const known: readonly [said: RegExp, problem: (...parts: string[]) => string][] = [
  [
    /exec: "([^"]*)": (?:executable file not found|stat .*: no such file or directory)/,
    (program) => `Its image has no program ${program}.`,
  ],
  [/exec: "([^"]*)": .*permission denied/, (program) => `${program} in its image may not be executed.`],
  [/exec: "([^"]*)": .*is a directory/, (program) => `${program} in its image is a folder, no program.`],
  [
    /Bind for (\S+) failed: port is already allocated/,
    (where) => `Port ${where} of the host is taken already.`,
  ],
  [
    /listen (?:tcp|udp)[46]? (\S+): bind: address already in use/,
    (where) => `Port ${where} of the host is taken already, by a program that is no container.`,
  ],
  [/exec (\S+): exec format error/, (program) => `${program} is made for another kind of processor.`],
];

/** Why a container does not start, from the engine's message: in a few words where its meaning is known. */
export function startProblem(message: string): string {
  for (const [said, problem] of known) {
    const match = said.exec(message);
    if (match) return problem(...match.slice(1));
  }
  return message;
}
