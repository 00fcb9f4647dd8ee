import { expect, test } from "vitest";
import { percent } from "../../src/format/percent.ts";

test.each([
  [0, "0.00%"],
  [20.625, "20.62%"], // an exact tie goes to the even digit, as Go prints it
  [20.635, "20.64%"], // a little more than it looks
  [0.375, "0.38%"],
  [0.125, "0.12%"],
  [99.999, "100.00%"],
  [1234.5, "1234.50%"],
  [-0.125, "-0.12%"],
])("%s is %s", (value, text) => {
  expect(percent(value)).toBe(text);
});
