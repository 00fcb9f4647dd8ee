import fc from "fast-check";
import { expect, test } from "vitest";
import type { Bound } from "../../src/actions/binding.ts";
import { createKeyboard } from "../../src/hooks/keyboard.ts";
import type { Layer, TextTarget } from "../../src/hooks/layers.ts";
import { createFakeClock } from "../fake-clock.ts";

const bound = (id: string, keys: string[], run: (key: string) => void, reason?: string): Bound => ({
  ...{ id, keys, label: id, help: id, run },
  unavailable: () => reason,
  command: () => undefined,
});

/** A keyboard with a list on it, whose `:` opens a palette to type in; the screen is put up when the test says so. */
function open() {
  const heard: string[] = [];
  const pending: (() => void)[] = [];
  let palette = false;
  let frames = 0;
  const clock = createFakeClock();
  const keyboard = createKeyboard({
    scene: () => palette,
    settled: (run) => pending.push(run),
    frames: () => frames,
    clock,
    ignore: () => heard.push("ignored"),
    refuse: (key, reason) => heard.push(`refused ${key}${reason === undefined ? "" : `: ${reason}`}`),
  });
  const layer = (name: string, change: Partial<Layer>): Layer => ({
    ...{ name, depth: 1, modal: false, bindings: () => [] },
    ...change,
  });
  const say = (who: string) => (key: string) => void heard.push(`${who} ${key}`);
  keyboard.add(layer("app", { depth: 0, bindings: () => [bound("quit", ["q"], say("quit"))] }));
  const openPalette = bound("commands", [":"], () => {
    palette = true;
  });
  const list = [
    openPalette,
    bound("down", ["j"], say("down")),
    bound("stop", ["s"], say("stop"), "it is exited."),
  ];
  keyboard.add(layer("list", { bindings: () => list }));
  let remove: (() => void) | undefined;
  const target: TextTarget = {
    press({ name }) {
      if (name === "esc") palette = false;
      else heard.push(`typed ${name}`);
      return true;
    },
    paste: (text) => heard.push(`pasted ${text}`),
    hints: [],
  };
  /** Puts up what changed, then lets the keys that waited go on, until nothing changes any more. */
  const settle = () => {
    for (let run = pending.shift(); run; run = pending.shift()) {
      if (palette && !remove)
        remove = keyboard.add(layer("palette", { depth: 3, modal: true, text: () => target }));
      if (!palette && remove) {
        remove();
        remove = undefined;
      }
      run();
    }
  };
  const press = (names: readonly string[]) => keyboard.press(names.map((name) => ({ name })));
  /** The letters of a text that come in one event. */
  const read = (text: string) => keyboard.press([...text].map((letter) => ({ name: letter, text: letter })));
  const paint = () => void frames++;
  return { keyboard, heard, press, read, clock, settle, paint, layer, say };
}

test("the uppermost layer that knows a key gets it, the lower ones the rest", () => {
  const { press, heard, keyboard, layer, say } = open();
  keyboard.add(layer("view", { depth: 2, bindings: () => [bound("back", ["q"], say("back"))] }));
  press(["q", "j"]);
  expect(heard).toEqual(["back q", "down j"]);
});

test("of the same depth the later layer is above, and a removed one hears nothing", () => {
  const { press, heard, keyboard, layer, say } = open();
  const remove = keyboard.add(layer("later", { bindings: () => [bound("mine", ["j"], say("later"))] }));
  press(["j"]);
  remove();
  press(["j"]);
  expect(heard).toEqual(["later j", "down j"]);
});

test("a key that does not apply says why, one that nobody knows says so", () => {
  const { press, heard } = open();
  press(["s", "X"]);
  expect(heard).toEqual(["refused s: it is exited.", "refused X"]);
});

test("of two bindings for a key the one that applies runs", () => {
  const { press, heard, keyboard, layer, say } = open();
  const pair = [bound("stop", ["s"], say("stop"), "it does not run."), bound("start", ["s"], say("start"))];
  keyboard.add(layer("pair", { bindings: () => pair }));
  press(["s"]);
  expect(heard).toEqual(["start s"]);
});

test("a modal layer lets nothing through, and swallows all that was pressed before it was painted", () => {
  const { press, heard, keyboard, layer, say, paint } = open();
  const yes = bound("yes", ["y"], say("yes"));
  const ready = (frames: number) => frames > 0;
  keyboard.add(layer("dialog", { depth: 3, modal: true, bindings: () => [yes], ready }));
  press(["y", "q"]);
  expect(heard).toEqual([]);
  paint();
  press(["y", "q"]);
  expect(heard).toEqual(["yes y", "refused q"]);
});

test("keys after one that changes the scene are typed into what it opened", () => {
  const { press, heard, settle } = open();
  press(["j", ":", "q", "j"]);
  expect(heard).toEqual(["down j"]);
  settle();
  expect(heard).toEqual(["down j", "typed q", "typed j"]);
});

test("what is pasted goes into a text, and never acts as keys", () => {
  const { press, heard, settle, keyboard } = open();
  press([":"]);
  settle();
  keyboard.paste("qjq");
  expect(heard).toEqual(["pasted qjq"]);
});

test("what can be pressed is what the layers down to the first modal one hold", () => {
  const { press, settle, keyboard, layer, say } = open();
  const reachable = () => keyboard.reachable().map(({ id }) => id);
  expect(reachable()).toEqual(["commands", "down", "stop", "quit"]);
  keyboard.add(layer("view", { depth: 2, bindings: () => [bound("back", ["q"], say("back"))] }));
  expect(reachable()).toEqual(["back", "commands", "down", "stop"]);
  press([":"]);
  settle();
  expect(reachable()).toEqual([]);
});

test("listeners hear of layers that come and go", () => {
  const { keyboard, layer } = open();
  let changes = 0;
  const stop = keyboard.subscribe(() => changes++);
  keyboard.add(layer("one", {}))();
  expect(changes).toBe(2);
  stop();
  keyboard.add(layer("two", {}));
  expect(changes).toBe(2);
});

test("the same keys do the same, however they come in events and whenever the screen is put up", () => {
  const key = fc.constantFrom("j", "q", ":", "esc", "s", "x");
  fc.assert(
    fc.property(fc.array(fc.tuple(key, fc.boolean(), fc.boolean()), { maxLength: 30 }), (typed) => {
      const names = typed.map(([name]) => name);
      const one = open();
      for (const name of names) {
        one.press([name]);
        one.settle();
      }
      const other = open();
      let event: string[] = [];
      for (const [name, ends, settles] of typed) {
        event.push(name);
        if (!ends) continue;
        other.press(event);
        event = [];
        if (settles) other.settle();
      }
      other.press(event);
      other.settle();
      expect(other.heard).toEqual(one.heard);
    }),
  );
});

const says = "ignored";

test.each([1, 2, 3, 4, 8, 64])(
  "a line pasted in pieces of %i letters without a mark does nothing, and that is said",
  async (size) => {
    const { keyboard, read, heard, clock, layer, say, settle } = open();
    const stop: Bound = { ...bound("stop it", ["s", "p", "d"], say("changes")), changes: true };
    keyboard.add(layer("acts", { bindings: () => [stop] }));
    const text = "docker inspect deploy job-ok";
    for (let at = 0; at < text.length; at += size) read(text.slice(at, at + size));
    await clock.wind(30);
    settle();
    expect(heard.filter((one) => /changes|quit/.test(one))).toEqual([]);
    expect(heard).toContain(says);
    heard.length = 0;
    await clock.wind(100);
    read("j");
    expect(heard).toEqual(["down j"]);
  },
);

test("a key that changes something is heard a moment later, with what it was pressed upon", async () => {
  const { keyboard, read, heard, clock, layer, settle } = open();
  let row = "web";
  const take = () => {
    const held = row;
    return () => void heard.push(`stops ${held}`);
  };
  const stop: Bound = { ...bound("stop it", ["s"], () => take()()), take, changes: true };
  keyboard.add(layer("acts", { bindings: () => [stop] }));
  read("sj");
  row = "db";
  expect(heard).toEqual([]);
  await clock.wind(30);
  settle();
  expect(heard).toEqual(["stops web", "down j"]);
});

test("a held key and what is typed ahead into a text are no paste", () => {
  const { read, heard, settle } = open();
  read("jjjjjjjj");
  expect(heard).toEqual(Array.from({ length: 8 }, () => "down j"));
  heard.length = 0;
  read("j:quit");
  settle();
  expect(heard).toEqual(["down j", "typed q", "typed u", "typed i", "typed t"]);
});

test("what stands behind a pasted query changes nothing", async () => {
  const { keyboard, heard, clock, layer, say, settle } = open();
  const stop: Bound = { ...bound("stop it", ["s"], say("changes")), changes: true };
  keyboard.add(layer("acts", { bindings: () => [stop] }));
  const letters = (text: string) => [...text].map((letter) => ({ name: letter, text: letter }));
  keyboard.press([...letters(":web"), { name: "esc" }, ...letters("s")]);
  settle();
  await clock.wind(30);
  settle();
  expect(heard).toEqual(["typed w", "typed e", "typed b", says]);
});

test("what is pasted begins a text where a layer wants it, and is said to do nothing elsewhere", () => {
  const { keyboard, heard, layer } = open();
  keyboard.paste("qjq");
  expect(heard).toEqual([says]);
  const remove = keyboard.add(layer("finds", { paste: () => (text) => heard.push(`finds ${text}`) }));
  keyboard.paste("web");
  remove();
  keyboard.add(layer("dialog", { depth: 3, modal: true }));
  keyboard.paste("y");
  expect(heard).toEqual([says, "finds web", says]);
});
