import { expect, test } from "vitest";
import { neededTexts } from "../../../../src/format/log/regex/needed.ts";
import { parseExpression } from "../../../../src/format/log/regex/parse.ts";

function needed(source: string) {
  const tree = parseExpression(source);
  return tree && neededTexts(tree);
}

test.each<[string, string[]]>([
  ["error", ["error"]],
  ["err|warn", ["err", "warn"]],
  ["time(?:d|s) out", ["timed out", "times out"]],
  ["a\\.b\\/c", ["a.b/c"]],
  ["日本", ["日本"]],
])("%j matches exactly what holds one of %j", (source, texts) => {
  expect(needed(source)).toEqual({ texts, exact: true });
});

test.each<[string, string[]]>([
  ["timed? out after \\d+", [" out after "]],
  ["\\d+ ?ms", ["ms"]],
  ["^(GET|POST) /api", ["GET /api", "POST /api"]],
  ["(abc)+", ["abc"]],
  ["(ab){2}c?", ["ab"]],
  ["x.*(one|three)", ["one", "three"]],
  ["\\bcat\\b", ["cat"]],
])("what %j matches holds one of %j", (source, texts) => {
  expect(needed(source)).toEqual({ texts, exact: false });
});

test.each(["\\w+", ".", "a*", "(abc)?", "ab|.", "[ab]c?", "^$", "a|", "\\n"])(
  "of what %j matches nothing is known",
  (source) => {
    expect(needed(source)).toBeUndefined();
  },
);

test("of many texts none are made", () => {
  expect(needed("(a|b)(a|b)(a|b)(a|b)")?.texts).toHaveLength(16);
  expect(needed("(a|b)(a|b)(a|b)(a|b)(a|b)(c|d)")).toMatchObject({ exact: false });
});
