import { expect, test } from "vitest";
import { keyLabel, keyPresses } from "../../src/hooks/keys.ts";
import { inkKey } from "../producible-keys.ts";

const names = (input: string, change: Parameters<typeof inkKey>[0] = {}) =>
  keyPresses(input, inkKey(change)).map(({ name, text }) => (text === undefined ? name : `${name}=${text}`));

test.each<[string, string[]]>([
  ["j", ["j=j"]],
  ["jjG", ["j=j", "j=j", "G=G"]],
  ["/web db\r", ["/=/", "w=w", "e=e", "b=b", "space= ", "d=d", "b=b", "enter"]],
  ["é日😀", ["é=é", "日=日", "😀=😀"]],
  ["a\tb\u007f\b\u001b", ["a=a", "tab", "b=b", "backspace", "backspace", "esc"]],
  ["\u0003\u0015", ["ctrl+c", "ctrl+u"]],
  ["", []],
])("%j that came at once", (input, expected) => {
  expect(names(input)).toEqual(expected);
});

test.each([
  ["up", "", { upArrow: true }],
  ["pagedown", "", { pageDown: true }],
  ["enter", "\r", { return: true }],
  ["esc", "", { escape: true }],
  ["tab", "", { tab: true }],
  ["shift+tab", "", { tab: true, shift: true }],
  ["ctrl+d", "d", { ctrl: true }],
  ["alt+f", "f", { meta: true }],
])("%s", (name, input, change) => {
  expect(names(input, change)).toEqual([name]);
});

test("a modifier alone is no key", () => {
  expect([...names("", { ctrl: true }), ...names("", { meta: true })]).toEqual([]);
});

test.each([
  ["up", "↑"],
  ["pageup", "PgUp"],
  ["esc", "Esc"],
  ["ctrl+d", "ctrl+d"],
  ["space", "space"],
  ["G", "G"],
])("%s is written %s", (name, label) => {
  expect(keyLabel(name)).toBe(label);
});
