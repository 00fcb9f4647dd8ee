import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { expect, test } from "vitest";
import { shellQuote } from "../../src/format/quote.ts";

test.each<[string[], string]>([
  [["docker", "run", "-e", "A=b", "nginx:1.27"], "docker run -e A=b nginx:1.27"],
  [["sh", "-c", "echo $HOME"], "sh -c 'echo $HOME'"],
  [["it's"], "'it'\\''s'"],
  [["", "~", "a*"], "'' '~' 'a*'"],
  [[], ""],
])("shellQuote writes %j as %s", (words, line) => {
  expect(shellQuote(words)).toBe(line);
});

test("a shell reads back the same words", () => {
  const word = fc.string({ unit: fc.constantFrom(..."ab '\"\\$`*?~#&;|<>(){}[]!\n\t=é") });
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), (words) => {
      const script = `printf '%s\\0' ${shellQuote(words)}`;
      expect(execFileSync("sh", ["-c", script], { encoding: "utf8" })).toBe(`${words.join("\0")}\0`);
    }),
    { numRuns: 50 },
  );
});
