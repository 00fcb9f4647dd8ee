import { expect, test } from "vitest";
import { planOf } from "../../../src/actions/clean-up/plan.ts";
import {
  type CleanUpRules,
  faultOfLabel,
  faultOfUntil,
  firstRules,
  ticksOf,
} from "../../../src/actions/clean-up/rules.ts";
import { worldOf } from "./world.ts";

const hour = 3_600_000;
const now = 100 * hour;

/** The names that rules tick in a world of stopped containers. */
function ticked(
  containers: readonly { name: string; created?: number; labels?: Record<string, string> }[],
  rules: Partial<CleanUpRules>,
) {
  const items = planOf(worldOf({ containers: containers.map((one) => ({ ...one, state: "exited" })) }));
  const ticks = ticksOf(items, { ...firstRules, ...rules }, now);
  return items.filter(({ id }) => ticks.has(id)).map(({ name }) => name);
}

test.each([
  ["keep", { keep: "" }, true],
  ["keep", {}, false],
  ["keep=yes", { keep: "yes" }, true],
  ["keep=yes", { keep: "no" }, false],
  ["keep=a=b", { keep: "a=b" }, true],
  ["keep=", { keep: "" }, true],
  ["!keep", { keep: "" }, false],
  ["!keep", {}, true],
  ["!keep=yes", { keep: "no" }, true],
  ["constructor", {}, false],
  ["!constructor", {}, true],
])("the label rule %j on %j: %s", (label, labels, passes) => {
  expect(ticked([{ name: "web", labels }], { labels: [label] })).toEqual(passes ? ["web"] : []);
});

test("of several label rules all must hold", () => {
  const both = { name: "both", labels: { a: "1", b: "2" } };
  const one = { name: "one", labels: { a: "1" } };
  expect(ticked([both, one], { labels: ["a", "b=2"] })).toEqual(["both"]);
  expect(ticked([both, one], { labels: ["a", "!b"] })).toEqual(["one"]);
});

test.each([
  ["24h", now - 25 * hour, true],
  ["24h", now - 23 * hour, false],
  ["24h", now - 24 * hour, false],
  ["1d", now - 24 * hour - 1, true],
  ["1970-01-02T00:00:00Z", 23 * hour, true],
  ["1970-01-02T00:00:00Z", 25 * hour, false],
])("older than %s, made at %s: %s", (until, created, passes) => {
  expect(ticked([{ name: "web", created }], { until })).toEqual(passes ? ["web"] : []);
});

test("build cache goes by when it was last used, and what has no date is left alone", () => {
  const items = planOf(
    worldOf({
      cache: [
        { id: "old", created: 0, lastUsed: now - 1 },
        { id: "unused", created: 0, lastUsed: 1 },
        { id: "undated" },
      ],
      volumes: [{ name: "undated", anonymous: true, created: 1 }],
    }),
  );
  expect([...ticksOf(items, { ...firstRules, until: "24h" }, now)]).toEqual([
    "volume:undated",
    "cache:unused",
  ]);
});

test("all images: those that nothing needs, and those whose stopped containers go too", () => {
  const items = planOf(
    worldOf({
      containers: [
        { name: "young", state: "exited", imageId: "of-young", created: now - 1 },
        { name: "old", state: "exited", imageId: "of-old", created: 0 },
        { name: "up", imageId: "used" },
      ],
      images: ["of-young", "of-old", "used", "free"].map((id) => ({ id, tags: [`${id}:1`] })),
    }),
  );
  const names = (rules: Partial<CleanUpRules>) => {
    const ticks = ticksOf(items, { ...firstRules, ...rules }, now);
    return items.filter(({ id, kind }) => kind === "image" && ticks.has(id)).map(({ ref }) => ref);
  };
  expect(names({ images: "dangling" })).toEqual([]);
  expect(names({ images: "all", until: "24h" })).toEqual(["of-old", "free"]);
  expect(names({ images: "all", kinds: ["image"] })).toEqual(["free"]);
});

test("volumes: none, anonymous, or all that nothing needs", () => {
  const items = planOf(
    worldOf({
      containers: [{ name: "up", mounts: [{ kind: "volume", name: "live", target: "/", readOnly: false }] }],
      volumes: [{ name: "named" }, { name: "live" }, { name: "anon", anonymous: true }],
    }),
  );
  const names = (volumes: CleanUpRules["volumes"]) => [...ticksOf(items, { ...firstRules, volumes }, now)];
  expect(names("none")).toEqual([]);
  expect(names("anonymous")).toEqual(["volume:anon"]);
  expect(names("all")).toEqual(["volume:named", "volume:anon"]);
});

test("only the kinds that were asked for", () => {
  const items = planOf(
    worldOf({ containers: [{ name: "old", state: "exited" }], images: [{ id: "dangling0000" }] }),
  );
  expect([...ticksOf(items, { ...firstRules, kinds: ["image"] }, now)]).toEqual(["image:dangling0000"]);
});

test.each(["24h", "1h30m", "7d", "2026-11-20", "1700000000", "24", ""])("%j will do as an age", (text) => {
  expect(faultOfUntil(text)).toBeUndefined();
});

test.each(["yesterday", "h", "2026-13-01", "-1h"])("%j will not do as an age", (text) => {
  expect(faultOfUntil(text)).toContain("24h");
});

test.each(["", "!", "=x", "!=x", "a b=c"])("%j will not do as a label", (text) => {
  expect(faultOfLabel(text)).toContain("key=value");
});

test.each(["a", "a=b", "!a", "!a=b=c", "com.docker.x=y z"])("%j will do as a label", (text) => {
  expect(faultOfLabel(text)).toBeUndefined();
});
