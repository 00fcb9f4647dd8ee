import { afterEach, expect, test } from "vitest";
import { firstRules } from "../src/actions/clean-up/rules.ts";
import { type DemoEngine, startDemoEngine } from "../src/demo/index.ts";
import { unix } from "../src/docker/endpoint.ts";
import { type CleanRequest, clean } from "../src/headless/clean.ts";

const demos = new Set<DemoEngine>();

afterEach(async () => {
  await Promise.all([...demos].map((demo) => demo.close()));
  demos.clear();
});

async function openDemo(): Promise<DemoEngine> {
  const demo = await startDemoEngine({ quiet: true });
  demos.add(demo);
  return demo;
}

type Change = Partial<CleanRequest["rules"]>;

/** Runs `dockui clean` on a demo engine, and gathers what it writes. */
async function run(demo: DemoEngine, rules: Change = {}, request: Partial<CleanRequest> = {}, columns = 0) {
  const [out, err]: [string[], string[]] = [[], []];
  const output = {
    out: (text: string) => void out.push(text),
    complain: (text: string) => void err.push(text),
    progress() {},
    ...(columns > 0 ? { columns } : {}),
  };
  const asked = { rules: { ...firstRules, ...rules }, yes: false, json: false, ...request };
  const signal = new AbortController().signal;
  const code = await clean(unix(demo.socketPath), asked, { output, signal });
  return { code, out: out.join(""), err: err.join("") };
}

type Item = { plan: string; kind: string; id: string; name: string; why: string; outcome?: string };

const itemsOf = (out: string) => (JSON.parse(out) as { items: Item[] }).items;

test("the plan says what goes, what the rules keep and what cannot go, and how to carry it out", async () => {
  const { code, out, err } = await run(await openDemo());
  expect({ code, err }).toEqual({ code: 3, err: "" });
  const lines = out.trimEnd().split("\n");
  expect(lines[0]).toMatch(/^PLAN +KIND +NAME +ID +SIZE +WHY$/);
  const rows = lines.filter((line) => /^(remove|keep|cannot) /.test(line));
  const fates = rows.map((line) => line.split(" ")[0] ?? "");
  const order = ["remove", "keep", "cannot"];
  expect(fates).toEqual(fates.toSorted((a, b) => order.indexOf(a) - order.indexOf(b)));
  expect(new Set(fates)).toEqual(new Set(order));
  const [objects, ...rest] = lines.slice(1 + rows.length);
  expect(objects).toMatch(/^\d+ of \d+ objects go: \d+ containers \(\S+\), .*come back/);
  expect(rest).toEqual([
    expect.stringMatching(/^\d+ nameless images? under them go(es)? too\.$/),
    "To remove them: dockui clean --yes",
  ]);
});

test("the line that carries it out has the same rules and the same engine", async () => {
  const rules: Change = {
    ...{ kinds: ["image", "cache"], until: "24h", labels: ["!keep", "!team=a b"] },
    ...{ images: "all", volumes: "all" },
  };
  const { out } = await run(await openDemo(), rules, { host: "tcp://build-1:2375" });
  expect(out.trimEnd().split("\n").at(-1)).toBe(
    "To remove them: dockui -H tcp://build-1:2375 clean --yes --kind images,cache --until 24h " +
      "--label '!keep' --label '!team=a b' --images all --volumes all",
  );
});

test("only the kinds that are asked for are shown", async () => {
  const { out } = await run(await openDemo(), { kinds: ["volume"] }, { json: true });
  expect(new Set(itemsOf(out).map(({ kind }) => kind))).toEqual(new Set(["volume"]));
});

test("what a rule keeps names the rule", async () => {
  const demo = await openDemo();
  const why = async (rules: Change) =>
    itemsOf((await run(demo, rules, { json: true })).out)
      .filter(({ plan }) => plan === "keep")
      .map(({ kind, why }) => `${kind}: ${why}`);
  const plain = await why({});
  expect(plain).toContain("image: no container uses it: --images all takes it");
  expect(plain).toContain("volume: named volume, unused: --volumes all takes it");
  expect(await why({ until: "5000d" })).toContain("container: stopped: kept by --until");
  expect(await why({ labels: ["nobody-has-it"] })).toContain("container: stopped: kept by --label");
  expect(await why({ volumes: "none" })).toContain(
    "volume: anonymous volume, unused: --volumes anonymous takes it",
  );
});

test("nothing to remove is said, and is code 0", async () => {
  const demo = await openDemo();
  const rules: Change = { labels: ["nobody-has-it"] };
  const plan = await run(demo, rules);
  expect([plan.code, plan.out.trimEnd().split("\n").at(-1)]).toEqual([0, "Nothing to remove."]);
  expect(await run(demo, rules, { yes: true })).toEqual({ code: 0, out: "Nothing to remove.\n", err: "" });
  expect(demo.requests.filter(({ method }) => method !== "GET" && method !== "HEAD")).toEqual([]);
});

test("carried out it tells each object, what came back, and leaves nothing of the plan", async () => {
  const demo = await openDemo();
  const before = itemsOf((await run(demo, {}, { json: true })).out).filter(({ plan }) => plan === "remove");
  const { code, out, err } = await run(demo, {}, { yes: true });
  expect({ code, err }).toEqual({ code: 0, err: "" });
  const lines = out.trimEnd().split("\n");
  expect(lines.slice(0, -1).filter((line) => !line.startsWith("removed "))).toEqual([]);
  expect(lines.length - 1).toBe(before.length);
  expect(lines.at(-1)).toMatch(/^Removed (\d+) of \1 objects, \S+ came back \(promised: /);
  const after = itemsOf((await run(demo, {}, { json: true })).out).map(({ kind, id }) => `${kind} ${id}`);
  expect(before.filter(({ kind, id }) => after.includes(`${kind} ${id}`))).toEqual([]);
});

test("as JSON it is one object, with what became of each", async () => {
  const { code, out, err } = await run(await openDemo(), {}, { yes: true, json: true });
  expect({ code, err }).toEqual({ code: 0, err: "" });
  const { items, promised, gained } = JSON.parse(out) as Record<string, unknown> & { items: Item[] };
  expect(items.filter(({ plan }) => plan === "remove").map(({ outcome }) => outcome)).toEqual(
    items.filter(({ plan }) => plan === "remove").map(() => "removed"),
  );
  expect(items.filter(({ plan, outcome }) => plan !== "remove" && outcome !== undefined)).toEqual([]);
  expect(promised).toMatchObject({ bytes: expect.any(Number), byKind: { network: 0 } });
  expect(gained).toMatchObject({ bytes: expect.any(Number), byKind: { network: 0 } });
});

test.each([60, 80, 120])("in a terminal of %i columns nothing is wider", async (columns) => {
  const { out } = await run(await openDemo(), {}, {}, columns);
  expect(out.split("\n").filter((line) => line.length > columns)).toEqual([]);
});

test("an abort before anything was begun rejects", async () => {
  const demo = await openDemo();
  const output = { out() {}, complain() {}, progress() {} };
  const request = { rules: firstRules, yes: true, json: false };
  const going = clean(unix(demo.socketPath), request, { output, signal: AbortSignal.abort() });
  await expect(going).rejects.toThrow();
});
