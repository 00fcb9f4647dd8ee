import { PassThrough } from "node:stream";
import fc from "fast-check";
import { expect, test } from "vitest";
import { attachTerminal } from "../../src/docker/inside/attach-terminal.ts";
import { createDetachWatch, detachBytes } from "../../src/docker/inside/detach-keys.ts";
import { refused } from "../../src/docker/inside/execute.ts";

const program = { command: ["nope", "-l"], user: "ann", workdir: "/there" };
const oci = "OCI runtime exec failed: exec failed: unable to start container process: ";

test.each([
  [
    `${oci}exec: "nope": executable file not found in $PATH: unknown`,
    "There is no program nope in this container.",
  ],
  [
    `${oci}exec: "nope": stat nope: no such file or directory: unknown`,
    "There is no program nope in this container.",
  ],
  [`${oci}exec: "nope": permission denied: unknown`, "nope cannot be executed in this container."],
  [
    "unable to find user ann: no matching entries in passwd file",
    "There is no user or group ann in this container.",
  ],
  [
    `${oci}chdir to cwd ("/there") set in config.json failed: no such file or directory: unknown`,
    "There is no folder /there in this container.",
  ],
  [
    "OCI runtime exec failed: something \u001b[2Jelse\r\n",
    "OCI runtime exec failed: something \u241b[2Jelse",
  ],
])("%j is told as a sentence", (words, sentence) => {
  expect(refused(words, program).problem.message).toBe(sentence);
});

test.each([
  ["ctrl-p,ctrl-q", [16, 17]],
  ["ctrl-^,ctrl-@,ctrl-[", [30, 0, 27]],
  ["a,ctrl-A", [97, 1]],
  ["", undefined],
  ["ctrl-", undefined],
  ["esc", undefined],
])("detach keys %j", (keys, bytes) => {
  expect(detachBytes(keys)).toEqual(bytes);
});

test("detach keys are found however they are typed, and nothing else is lost", () => {
  const typed = fc.array(fc.constantFrom(16, 17, 65), { maxLength: 12 });
  fc.assert(
    fc.property(typed, fc.nat(12), (bytes, at) => {
      const watch = createDetachWatch("ctrl-p,ctrl-q");
      const parts = [bytes.slice(0, at), bytes.slice(at)].map((part) => watch(Buffer.from(part)));
      const found = Buffer.from(bytes).indexOf(Buffer.from([16, 17]));
      expect(parts.some(({ detached }) => detached)).toBe(found >= 0);
      if (found >= 0) return;
      const held = bytes.at(-1) === 16 ? 1 : 0;
      const passed = Buffer.concat(parts.map(({ pass }) => pass));
      expect([...passed]).toEqual(bytes.slice(0, bytes.length - held));
    }),
  );
});

/** A container's end of an attach, and what a person hears of it. */
function open(deaf: boolean) {
  const toUs = new PassThrough();
  const sent: string[] = [];
  const socket = Object.assign(toUs, {
    write: (bytes: Buffer) => sent.push(bytes.toString()),
  });
  const terminal = attachTerminal(socket as never, { tty: false, detachKeys: "ctrl-p,ctrl-q", deaf });
  let heard = "";
  terminal.on("data", (bytes: Buffer) => {
    heard += bytes.toString();
  });
  return { terminal, sent, say: (bytes: Buffer) => toUs.push(bytes), heard: () => heard };
}

function frame(stream: number, words: string): Buffer {
  return Buffer.concat([
    Buffer.from([stream, 0, 0, 0, 0, 0, 0, Buffer.byteLength(words)]),
    Buffer.from(words),
  ]);
}

test("both outputs come as lines of a raw terminal", async () => {
  const { say, heard } = open(false);
  say(frame(1, "one\n"));
  say(frame(2, "two\r\nthr\u00e9e\n"));
  await expect.poll(heard).toBe("one\r\ntwo\r\nthr\u00e9e\r\n");
});

test("what is typed goes line by line, shown, and can be taken back", async () => {
  const { terminal, sent, heard } = open(false);
  terminal.write("helo\u007flo\u00e9\u007f\r");
  terminal.write("nothing\u0015x\r");
  expect(sent).toEqual(["hello\n", "x\n"]);
  await expect.poll(heard).toContain("helo\b \blo");
});

test("a stream that is out of step ends it, with the reason", async () => {
  const { terminal, say } = open(false);
  const reason = new Promise<Error>((resolve) => terminal.once("error", resolve));
  say(Buffer.from("HTTP/1.1 500 Internal"));
  expect((await reason).message).toContain("out of step");
});

test("nothing typed arrives where nobody listens, but the detach keys leave", async () => {
  const { terminal, sent } = open(true);
  terminal.write("hello\r");
  expect([sent, terminal.destroyed]).toEqual([[], false]);
  terminal.write("\u0010");
  terminal.write("\u0011");
  expect(terminal.destroyed).toBe(true);
});
