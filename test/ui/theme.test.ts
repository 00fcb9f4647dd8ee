import { expect, test } from "vitest";
import type { Tone } from "../../src/actions/list-screen.ts";
import { createTheme } from "../../src/ui/theme.ts";

const tones: Tone[] = ["plain", "dim", "good", "warn", "bad", "accent", "strong"];
const painted = (colour: boolean, styles: boolean) =>
  tones.map((tone) => createTheme({ colour, styles }).paint(tone, "x").replaceAll("\u001b", "^"));

test("tones with colours", () => {
  expect(painted(true, true)).toEqual([
    ...["x", "^[2mx^[22m", "^[32mx^[39m", "^[33mx^[39m", "^[31mx^[39m", "^[36mx^[39m", "^[1mx^[22m"],
  ]);
});

test("without colours only weight remains", () => {
  expect(painted(false, true)).toEqual(["x", "^[2mx^[22m", "x", "x", "x", "x", "^[1mx^[22m"]);
});

test("without colours and styles nothing but the text remains", () => {
  const { cursor, bold, inverse, hit } = createTheme({ colour: false, styles: false });
  expect(new Set([...painted(false, false), cursor("x"), bold("x"), inverse("x")])).toEqual(new Set(["x"]));
  expect(hit).toEqual({ open: "", close: "" });
});

test("no text is no sequence", () => {
  expect(createTheme({ colour: true, styles: true }).bold("")).toBe("");
});
