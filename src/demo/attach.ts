import { fail } from "./http.ts";
import { frame } from "./log-frames.ts";
import { openTerminal, type TypedShell } from "./terminal.ts";
import type { DemoContainer } from "./types.ts";
import type { DemoWorld } from "./world.ts";

/** The path that attaches to a container's main process. */
export const attachPath: RegExp = /^\/containers\/([^/]+)\/attach$/;

type Sink = { write(bytes: Buffer): void; end(): void };

/** Ctrl-p ctrl-q, as docker has it. */
const detachKeys = "\u0010\u0011";

/**
 * Puts a container's main process on a stream: one with a TTY is a shell that prompts, another writes its new log lines
 * in frames; one that is yet to start, from its start on. Throws ApiError 409 when it is paused.
 */
export function attach(
  world: DemoWorld,
  container: DemoContainer,
  sink: Sink,
): TypedShell & { close(): void } {
  if (container.status === "paused")
    fail(409, `container ${container.id} is paused, unpause it before attaching`);
  const stops: (() => void)[] = [];
  const close = () => {
    for (const stop of stops.splice(0)) stop();
  };
  const leave = () => {
    close();
    sink.end();
  };
  stops.push(
    world.bus.listen(({ Actor, Action }) => {
      if (Actor.ID === container.id && (Action === "die" || Action === "destroy")) leave();
    }),
  );
  if (!container.tty) {
    stops.push(
      world.onLog((id) => {
        const line = id === container.id ? world.written.get(id)?.at(-1) : undefined;
        if (line) sink.write(frame(line.stream, Buffer.from(`${line.text}\n`)));
      }),
    );
    return { type() {}, hangUp() {}, close };
  }
  const around = {
    ...{ hostname: container.id.slice(0, 12), os: "Alpine Linux v3.20", env: [...container.env] },
    ...{ processes: [container.command.join(" ")], size: () => ({ rows: 24, columns: 80 }), now: world.now },
  };
  const shell = openTerminal(around, { print: (text) => sink.write(Buffer.from(text)), exit: leave });
  return {
    type: (text) => (text.includes(detachKeys) ? leave() : shell.type(text)),
    hangUp: () => shell.hangUp(),
    close,
  };
}
