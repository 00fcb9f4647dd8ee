import { expect, test } from "vitest";
import { faultOfUntil, noRules, openCleanUp, planCleanUp, ruleFilter } from "../../src/actions/clean-up.ts";
import { perform } from "../../src/actions/perform.ts";
import { faults, firstAnswers } from "../../src/actions/question.ts";
import { cleanUpScreen } from "../../src/screens/clean-up.ts";
import { rest } from "../fake-clock.ts";
import { containerOf, openSession } from "../fake-session.ts";

const hour = 3_600_000;
const now = 100 * hour;
const item = (labels: Record<string, string> = {}, created = 0) => ({ created, labels });

test.each([
  ["", item(), true],
  ["keep", item({ keep: "" }), true],
  ["keep", item(), false],
  ["keep=yes", item({ keep: "yes" }), true],
  ["keep=yes", item({ keep: "no" }), false],
  ["keep=a=b", item({ keep: "a=b" }), true],
  ["keep=", item({ keep: "" }), true],
  ["!keep", item({ keep: "" }), false],
  ["!keep", item(), true],
  ["!keep=yes", item({ keep: "no" }), true],
  ["constructor", item(), false],
  ["!constructor", item(), true],
])("the label rule %j lets %j through: %s", (label, of, passes) => {
  expect(ruleFilter({ until: "", label }, now)(of)).toBe(passes);
});

test.each([
  ["24h", now - 25 * hour, true],
  ["24h", now - 23 * hour, false],
  ["1d", now - 24 * hour, true],
  ["1970-01-02T00:00:00Z", 23 * hour, true],
  ["1970-01-02T00:00:00Z", 25 * hour, false],
])("created before %s: %s passes: %s", (until, created, passes) => {
  expect(ruleFilter({ until, label: "" }, now)(item({}, created))).toBe(passes);
});

test.each(["24h", "1h30m", "7d", "2026-11-20", "1700000000", ""])("%j will do", (text) => {
  expect(faultOfUntil(text)).toBeUndefined();
});

test.each(["yesterday", "24", "h", "2026-13-01", "-1h"])(
  "%j will do only as a moment, or not at all",
  (text) => {
    const fault = faultOfUntil(text);
    if (text === "24") expect(fault).toBeUndefined();
    else expect(fault).toContain("24h");
  },
);

test("the plan holds what does not run, with its reason and size, and follows what is started", async () => {
  const containers = [
    containerOf({ name: "old", state: "exited", exitCode: 1, size: 5 }),
    containerOf({ name: "new", state: "created" }),
    containerOf({ name: "dead", state: "dead" }),
    ...(["running", "paused", "restarting", "removing"] as const).map((state) =>
      containerOf({ name: state, state }),
    ),
  ];
  const { session } = await openSession(containers);
  const plan = planCleanUp(session, noRules);
  plan.subscribe(() => {});
  plan.refresh(undefined);
  await rest();
  const rows = () => plan.get().items.map(({ name, reason, size }) => `${name}: ${reason}, ${size}`);
  expect(rows()).toEqual(["old: exited, 5", "new: never started, 0", "dead: dead, 0"]);
  containers.splice(0, 1, containerOf({ name: "old" }));
  plan.refresh([containers[0]?.id ?? ""]);
  await rest();
  expect(rows()).toEqual(["new: never started, 0", "dead: dead, 0"]);
});

test("what was started since it was ticked is left alone", async () => {
  const containers = [
    containerOf({ name: "old", state: "exited" }),
    containerOf({ name: "gone", state: "exited" }),
  ];
  const { session, calls } = await openSession(containers);
  const plan = planCleanUp(session, noRules);
  plan.subscribe(() => {});
  plan.refresh(undefined);
  await rest();
  const ticked = plan.get().items;
  containers.splice(0, 1, containerOf({ name: "old" }));
  plan.refresh(undefined);
  await rest();
  const screen = cleanUpScreen(plan, noRules);
  const action = screen.actions.find(({ id }) => id === "remove-ticked");
  if (action?.on !== "targets") throw new Error("There is no such action.");
  await perform(session, screen, action, ticked);
  expect(calls).toEqual(["remove gone"]);
});

test("new rules open a new plan in place of the old one", async () => {
  const { session } = await openSession([]);
  openCleanUp(session, noRules);
  openCleanUp(session, { until: "24h", label: "" });
  expect(session.overlays.get()).toMatchObject([{ kind: "clean-up", rules: { until: "24h" } }]);
});

test("the rules are asked in a form that holds them, and its answer opens the plan they make", async () => {
  const { session } = await openSession([]);
  const plan = planCleanUp(session, noRules);
  const rules = cleanUpScreen(plan, { until: "7d", label: "tier=1" }).actions.find(
    ({ id }) => id === "rules",
  );
  if (rules?.on !== "screen") throw new Error("There is no such action.");
  rules.open(session);
  const top = session.overlays.get().at(-1);
  if (top?.kind !== "question") throw new Error("It asks nothing.");
  expect(firstAnswers(top.question.fields)).toEqual({ until: "7d", label: "tier=1" });
  expect(Object.keys(faults(top.question.fields, { until: "soon", label: "" }))).toEqual(["until"]);
  top.question.answer({ until: " 24h ", label: "!keep" });
  expect(session.overlays.get().at(-1)).toMatchObject({ rules: { until: "24h", label: "!keep" } });
});

test("the first answers of fields, and what keeps a form from being sent", () => {
  const check = (value: string) => (value === "" ? "It is empty." : undefined);
  const fields = [
    { kind: "switch", id: "force", key: "f", label: "force", on: true },
    { kind: "text", id: "name", label: "Name", value: "web", hint: "", check },
  ] as const;
  expect(firstAnswers(fields)).toEqual({ force: true, name: "web" });
  expect(faults(fields, firstAnswers(fields))).toEqual({});
  expect(faults(fields, { force: false, name: "" })).toEqual({ name: "It is empty." });
  expect(faults(fields, {})).toEqual({ name: "It is empty." });
});
