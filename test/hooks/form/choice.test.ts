import { expect, test } from "vitest";
import type { ChoiceField } from "../../../src/actions/question.ts";
import { choose } from "../../../src/hooks/form/choice.ts";

const field = (choices: readonly string[]): ChoiceField => ({
  ...{ kind: "choice", id: "network", label: "Network", value: choices[0] ?? "" },
  choices,
});
const networks = field(["bridge", "my-net1", "net1", "net2", "net12"]);
const typed = (...letters: string[]) =>
  letters.reduce((chosen, text) => choose(networks, chosen, { name: text, text }) ?? chosen, {
    value: "bridge",
    sought: "",
  });

test.each([
  [["n"], "net1"],
  [["N", "E", "T", "2"], "net2"],
  [["n", "e", "t", "1", "2"], "net12"],
  [["y", "-"], "my-net1"],
  // What nothing has is not taken: the choice stays, and the next letter goes on from there.
  [["n", "z", "e"], "net1"],
])("letters %j find %s", (letters, found) => {
  expect(typed(...letters).value).toBe(found);
});

test("arrows go round and forget the letters; backspace takes one back", () => {
  expect(choose(networks, { value: "net12", sought: "net12" }, { name: "right" })).toEqual({
    value: "bridge",
    sought: "",
  });
  expect(choose(networks, { value: "bridge", sought: "" }, { name: "left" })?.value).toBe("net12");
  expect(choose(networks, { value: "net12", sought: "net12" }, { name: "backspace" })).toEqual({
    value: "net12",
    sought: "net1",
  });
});
