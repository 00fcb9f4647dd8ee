import { onTestFinished } from "vitest";
import { type DemoEngine, startDemoEngine, type WorldPlan } from "../../src/demo/index.ts";
import { type Ask, asker, filters } from "../demo/ask.ts";
import type { EngineAccess } from "./private-engine.ts";

/** An engine that is asked the same as another one; ids are told by names, since they differ. */
export type Side = {
  ask: Ask;
  /** Gives an id the name by which lines ask for it, as {name}, and by which answers show it. */
  name(id: string, name: string): void;
  /** A text with names in place of ids. */
  show(text: string): string;
  idOf(name: string): string;
  /** What it answers to a line, in words that both engines have, after the line itself or what is said in its place. */
  hears(line: string, body?: object, said?: string): Promise<string>;
  /** Actions it told of since it was made, by type. */
  told(type: string): Promise<string[]>;
};

/** Sentences which engines since 23 say in other words than those before. */
const reworded: readonly [RegExp, string][] = [
  [
    /You cannot remove a (\w+) container <\w+>\. (.*) before attempting removal/,
    "it is $1: $2 before removing",
  ],
  [
    /cannot remove container \\"\/[\w-]+\\": container is (\w+): (.*) before removing/,
    "it is $1: $2 before removing",
  ],
  [/Stop the/, "stop the"],
  [/Unpause and/, "unpause and"],
  [/Invalid filter/, "invalid filter"],
];

/** Looks at an engine as one side of a comparison. */
export function sideOf(socketPath: string): Side {
  const ask = asker(socketPath, "1.41");
  const ids = new Map<string, string>();
  const since = (Date.now() / 1000).toFixed(3);
  const plain = (text: string): string => {
    let told = text;
    for (const [id, name] of ids)
      told = told
        .replaceAll(`sha256:${id}`, `<${name}>`)
        .replaceAll(id, `<${name}>`)
        .replaceAll(id.slice(0, 12), `<${name}>`);
    for (const [old, words] of reworded) told = told.replace(old, words);
    return told.replace(/sha256:[0-9a-f]{64}/g, "<layer>").replace(/"[0-9a-f]{64}"/g, '"<id>"');
  };
  const idOf = (name: string) => [...ids].find(([, known]) => known === name)?.[0] ?? `no-${name}`;
  return {
    ask,
    show: plain,
    idOf,
    name: (id, name) => void ids.set(id.replace(/^sha256:/, ""), name),
    async hears(line, body, said = line) {
      const { status, body: answer } = await ask(
        line.replace(/\{([\w/~-]+)\}/g, (_, name) => idOf(name)),
        body,
      );
      return plain(`${said}: ${status} ${JSON.stringify(answer) ?? ""}`);
    },
    async told(type) {
      const until = Math.floor(Date.now() / 1000) + 1;
      const { body } = await ask(`GET /events?since=${since}&until=${until}&${filters({ type: [type] })}`);
      return (body as { Action: string; Actor: { ID: string } }[]).map(({ Action, Actor }) =>
        plain(`${Action} "${Actor.ID}"`),
      );
    },
  };
}

/** The real engine and a demo engine of that plan, until the test ends. */
export async function bothSides(
  real: EngineAccess,
  only: WorldPlan,
): Promise<{ sides: readonly [real: Side, demo: Side]; demo: DemoEngine }> {
  const demo = await startDemoEngine({ quiet: true, only });
  onTestFinished(demo.close);
  return { sides: [sideOf(real.socketPath), sideOf(demo.socketPath)], demo };
}

/** What each side answers to the lines, one after the other. */
export async function answersOf(
  sides: readonly [Side, Side],
  lines: readonly Line[],
): Promise<[string[], string[]]> {
  const [real, demo] = await Promise.all(
    sides.map(async (side) => {
      const answers: string[] = [];
      for (const line of lines)
        answers.push(await (typeof line === "function" ? line(side) : say(side, line)));
      return answers;
    }),
  );
  return [real ?? [], demo ?? []];
}

/** A line, one with a body, or a look at a side. */
export type Line = string | readonly [line: string, body: object] | ((side: Side) => Promise<string>);

const say = (side: Side, line: string | readonly [string, object]): Promise<string> =>
  typeof line === "string" ? side.hears(line) : side.hears(...line);
