import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { expect, test } from "vitest";
import { spaced } from "../../src/docker/run/kind.ts";
import { publishedPort } from "../../src/docker/run/ports.ts";
import { shellWords } from "../../src/docker/run/words.ts";

test("words are those of sh", () => {
  const piece = fc.constantFrom(
    ..."ab'\"\\ =-#\t$",
    "\\\n",
    "'",
    '"',
    "\\$",
    "'a b'",
    '"a\\b\\"c"',
    '"\\$a"',
    "$ ",
    '"\\\n"',
  );
  let compared = 0;
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = `printf '%s\\0' x ${pieces.join("")}`;
      const { commands, problems } = shellWords(text);
      const [command, ...more] = commands;
      if (problems.length > 0 || more.length > 0 || command?.words.some(({ shell }) => shell.length > 0))
        return;
      compared += 1;
      const said = execFileSync("sh", ["-c", text], { encoding: "utf8" });
      expect(
        command?.words
          .slice(2)
          .map((word) => `${word.text}\0`)
          .join(""),
      ).toBe(said);
    }),
    { numRuns: 300 },
  );
  expect(compared).toBeGreaterThan(50);
});

test("a field of a form takes several values by spaces, and says which is wrong", () => {
  const ports = spaced(publishedPort);
  const parsed = ports.parse(" 8080:80  443:443/udp ");
  expect("value" in parsed && ports.print(parsed.value)).toBe("8080:80 443:443/udp");
  expect(ports.parse("8080:80 x")).toEqual({
    problem: "has x, which is not a port: 8080:80, 127.0.0.1:53:53/udp, 8000-8010:8000-8010",
  });
  expect(ports.parse("")).toEqual({ value: [] });
});
