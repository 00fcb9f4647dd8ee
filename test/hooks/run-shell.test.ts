import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import type { Engine } from "../../src/docker/engine.ts";
import type { ShellSession } from "../../src/docker/inside/shell.ts";
import { type Place, runAttach, runShell } from "../../src/hooks/run-shell.ts";
import { containerOf, openSession } from "../fake-session.ts";

const container = containerOf({ name: "web" });

/** A terminal that a test types into. */
function terminal() {
  let hear: ((bytes: Buffer) => void) | undefined;
  const place: Place = {
    raw: {
      onBytes(listener) {
        hear = listener;
        return () => {
          hear = undefined;
        };
      },
    },
    terminal: { stdin: new PassThrough(), stdout: new PassThrough() } as unknown as Place["terminal"],
  };
  return { place, type: (text: string) => hear?.(Buffer.from(text)) };
}

/** A session whose end is that of its stream, and what reached it. */
function session() {
  const got: string[] = [];
  const stream = new PassThrough();
  stream.on("data", (bytes: Buffer) => got.push(bytes.toString()));
  const shell: ShellSession = {
    stream,
    resize: async () => {},
    exitCode: async () => 0,
    leave: () => void got.push("left"),
  };
  return { got, stream, shell };
}

async function opened(engine: Partial<Engine>) {
  const { session: desk } = await openSession([container], { engine });
  return desk;
}

test("ctrl+c gives up an engine that does not answer, and a shell that opens after that is left", async () => {
  const { promise, resolve } = Promise.withResolvers<ShellSession>();
  const desk = await opened({ findShell: async () => "/bin/sh", openShell: () => promise });
  const { place, type } = terminal();
  const running = runShell(desk, { kind: "shell", container }, place);
  await new Promise(setImmediate);
  type("\u0003");
  await running;
  expect(desk.notice.get()?.text).toContain("Given up before the engine answered.");
  const late = session();
  resolve(late.shell);
  await new Promise(setImmediate);
  expect(late.got).toEqual(["left"]);
});

test("an attach is given up as well", async () => {
  const desk = await opened({ attach: () => new Promise(() => {}) });
  const { place, type } = terminal();
  const running = runAttach(desk, { kind: "attach", container, input: "safe" }, place);
  type("\u0003");
  await running;
  expect(desk.notice.get()?.text).toContain("Given up before the engine answered.");
});

test("what is typed while it opens reaches the shell, in order", async () => {
  const { promise, resolve } = Promise.withResolvers<ShellSession>();
  const desk = await opened({ findShell: async () => "/bin/sh", openShell: () => promise });
  const { place, type } = terminal();
  const running = runShell(desk, { kind: "shell", container }, place);
  type("ls ");
  type("-l\r");
  const { got, stream, shell } = session();
  resolve(shell);
  await new Promise(setImmediate);
  type("more");
  await new Promise(setImmediate);
  expect(got.join("")).toBe("ls -l\rmore");
  stream.end();
  await running;
});
