import type { Key } from "ink";
import { keyPresses } from "../src/hooks/keys.ts";

/** What Ink says of an event that is no special key, changed as told. */
export function inkKey(change: Partial<Key> = {}): Key {
  const flags = [
    ...["upArrow", "downArrow", "leftArrow", "rightArrow", "pageDown", "pageUp", "home", "end", "return"],
    ...[
      "escape",
      "ctrl",
      "shift",
      "tab",
      "backspace",
      "delete",
      "meta",
      "super",
      "hyper",
      "capsLock",
      "numLock",
    ],
  ];
  return { ...(Object.fromEntries(flags.map((flag) => [flag, false])) as unknown as Key), ...change };
}

const printable = Array.from({ length: 0x7f - 0x20 }, (_, index) => String.fromCharCode(0x20 + index));
const flags = [
  "upArrow",
  "downArrow",
  "leftArrow",
  "rightArrow",
  "pageDown",
  "pageUp",
  "home",
  "end",
] as const;
const others = ["return", "escape", "tab", "backspace", "delete"] as const;

/** The name of every key that a plain terminal can send: letters and signs, ctrl with a letter, the named keys. */
export const producibleKeys: ReadonlySet<string> = new Set(
  [
    ...printable.map((letter) => keyPresses(letter, inkKey())),
    ..."abcdefghijklmnopqrstuvwxyz".split("").map((letter) => keyPresses(letter, inkKey({ ctrl: true }))),
    ...[...flags, ...others].map((flag) => keyPresses("", inkKey({ [flag]: true }))),
    keyPresses("", inkKey({ tab: true, shift: true })),
  ].flatMap((presses) => presses.map(({ name }) => name)),
);
