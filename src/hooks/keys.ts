import type { Key as InkKey } from "ink";

/** A key press: its name ("j", "G", "up", "ctrl+d", "space"), and the text it types where it types any. */
export type KeyPress = { name: string; text?: string };

const named: readonly [keyof InkKey, string][] = [
  ["upArrow", "up"],
  ["downArrow", "down"],
  ["leftArrow", "left"],
  ["rightArrow", "right"],
  ["pageUp", "pageup"],
  ["pageDown", "pagedown"],
  ["home", "home"],
  ["end", "end"],
  ["return", "enter"],
  ["escape", "esc"],
  ["backspace", "backspace"],
  ["delete", "delete"],
];

const controls: Readonly<Record<string, string>> = {
  "\r": "enter",
  "\n": "enter",
  "\t": "tab",
  "\u007f": "backspace",
  "\b": "backspace",
  "\u001b": "esc",
};

/**
 * The key presses of one event. Ink gives keys that arrive in one read as one text ("jjj", "/web\r"), as over a slow
 * line they do: each letter is a key of its own here.
 */
export function keyPresses(input: string, key: InkKey): KeyPress[] {
  if (key.return && (key.ctrl || key.meta)) return [{ name: "ctrl+enter" }];
  const name = named.find(([flag]) => key[flag] === true)?.[1];
  if (name !== undefined) return [{ name }];
  if (key.tab) return [{ name: key.shift ? "shift+tab" : "tab" }];
  if (key.ctrl) return input === "" ? [] : [{ name: `ctrl+${input}` }];
  if (key.meta) return input === "" ? [] : [{ name: `alt+${input}` }];
  return [...input].map(keyOf);
}

function keyOf(character: string): KeyPress {
  const control = controls[character];
  if (control !== undefined) return { name: control };
  if (character < " ") return { name: `ctrl+${String.fromCharCode(character.charCodeAt(0) + 96)}` };
  return { name: character === " " ? "space" : character, text: character };
}

const shown: Readonly<Record<string, string>> = {
  up: "↑",
  down: "↓",
  left: "←",
  right: "→",
  pageup: "PgUp",
  pagedown: "PgDn",
  home: "Home",
  end: "End",
  enter: "Enter",
  esc: "Esc",
  tab: "Tab",
  "shift+tab": "Shift-Tab",
};

/** A key as people write it: "↑", "Enter", "ctrl+d", "space". */
export function keyLabel(name: string): string {
  return shown[name] ?? name;
}
