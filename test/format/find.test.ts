import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createFinder, parseQuery, type Searchable } from "../../src/format/find.ts";

type Row = { name: string; image?: string; state?: string; labels?: Record<string, string>; id?: string };

const describeRow = ({
  name,
  image = "nginx:1.27",
  state = "running",
  labels = {},
  id = "",
}: Row): Searchable => ({
  fields: { name, image, state, id },
  labels,
  exact: { name: [name], image: [image], state: [state], id: [id], health: [] },
});

const find = (rows: readonly Row[], query: string) =>
  createFinder<Row>(describeRow)
    .find(rows, query)
    .map(({ name }) => name);

test.each([
  ["", []],
  ["  ", []],
  ["web", [{ word: "web", negated: false }]],
  ["web db", ["web", "db"].map((word) => ({ word, negated: false }))],
  ["!web", [{ word: "web", negated: true }]],
  ["name:web", [{ word: "web", prefix: "name", negated: false }]],
  ["!label:tier=1", [{ word: "tier=1", prefix: "label", negated: true }]],
  ["nginx:1.27", [{ word: "nginx:1.27", negated: false }]],
  [
    '"my app" x',
    [
      { word: "my app", negated: false, quoted: true },
      { word: "x", negated: false },
    ],
  ],
  ["!name:'my app'", [{ word: "my app", prefix: "name", negated: true, quoted: true }]],
  ['label:owner="Jo Do"', [{ word: "owner=Jo Do", prefix: "label", negated: false, quoted: true }]],
  ['rule=Host("x")', [{ word: 'rule=Host("x")', negated: false }]],
  ['"Host("x") y', [{ word: 'Host("x") y', negated: false, quoted: true }]],
  ['"', []],
  ["value:blue", [{ word: "blue", prefix: "value", negated: false }]],
  ["name:", []],
  ["!", []],
  ["!name:", []],
])("parseQuery(%j)", (query, terms) => {
  expect(parseQuery(query, new Set(["name"]))).toEqual(terms);
});

describe("find", () => {
  const rows: Row[] = [
    { name: "shop-web-1", labels: { tier: "1", "com.example/team": "blue" }, id: "4f2a" },
    { name: "shop-db-1", image: "postgres:16", labels: { tier: "2" }, id: "9b1c" },
    { name: "cron", image: "shop/cron:2", state: "exited", id: "77aa" },
  ];

  test.each([
    ["web", ["shop-web-1"]],
    ["shweb", ["shop-web-1"]],
    ["SHOP", ["cron", "shop-web-1", "shop-db-1"]],
    ["shop 1", ["shop-web-1", "shop-db-1"]],
    ["postgres", ["shop-db-1"]],
    ["tier=2", ["shop-db-1"]],
    ["blue", ["shop-web-1"]],
    ["exited", ["cron"]],
    ["label:tier", ["shop-web-1", "shop-db-1"]],
    ["label:tier=1", ["shop-web-1"]],
    ["label:tier=", []],
    ["!label:tier", ["cron"]],
    ["label:com.example/team=blue", ["shop-web-1"]],
    ["label:constructor", []],
    ["name:DB", ["shop-db-1"]],
    ["id:4F", ["shop-web-1"]],
    ["id:2a", []],
    ["state:exited", ["cron"]],
    ["!state:exited web", ["shop-web-1"]],
    ["image:postgres:16", ["shop-db-1"]],
    ["!shop", []],
    ["!postgres", ["shop-web-1", "cron"]],
    ["health:unhealthy", []],
    ["zzz", []],
  ])("%j finds %j", (query, expected) => {
    expect(find(rows, query).toSorted()).toEqual(expected.toSorted());
  });

  test("what holds the word as it stands is found in the longest text, before all fuzzy hits", () => {
    const rule = "Host(`shop.example.com`) || Host(`www.shop.example.com`)";
    const labels = { "traefik.http.routers.shop.rule": rule };
    const all: Row[] = [{ name: "w-w-w.s-h-o-p" }, { name: "front", labels }];
    expect(find(all, "www.shop")).toEqual(["front", "w-w-w.s-h-o-p"]);
    expect(find(all, `traefik.http.routers.shop.rule=${rule}`)).toEqual(["front"]);
    expect(find(all, '"|| Host(`www"')).toEqual(["front"]);
    const image = `registry.example.com/team/app:v1.0 ${Array.from({ length: 5 }, (_, at) => `app:v1.${at}`).join(" ")}`;
    expect(find([{ name: "x", image }], "v1.2")).toEqual(["x"]);
  });

  test.each([
    ["wb1", "web-1"],
    ["sck", "sick"],
    ["wsver12", "eu-prod-webserver-instance-12"],
  ])("%s finds %s as fzf does", (query, name) =>
    expect(find([{ name }, { name: "other" }], query)).toEqual([name]),
  );

  test("quotes hold blanks together and want the text as it stands", () => {
    const all: Row[] = [
      { name: "a", labels: { owner: "Jo Do" } },
      { name: "b", labels: { owner: "Jo", x: "Do" } },
    ];
    expect(find(all, 'label:owner="Jo Do"')).toEqual(["a"]);
    expect(find(all, '"Jo Do"')).toEqual(["a"]);
    expect(find([{ name: "web-1" }], '"wb1"')).toEqual([]);
  });

  test("value: looks in the values of labels alone", () => {
    const all: Row[] = [
      { name: "a", labels: { team: "Blue" } },
      { name: "b", labels: { blue: "1" } },
    ];
    expect(find(all, "value:blue")).toEqual(["a"]);
    expect(find(all, "!value:blue")).toEqual(["b"]);
  });

  test("a port is all of its number", () => {
    const ports = createFinder<{ port: string }>(({ port }) => ({
      fields: {},
      labels: {},
      exact: { port: [port] },
    }));
    expect(ports.find([{ port: "8080" }, { port: "80" }], "port:80")).toEqual([{ port: "80" }]);
  });

  test("the best match comes first", () => {
    expect(find([{ name: "my-web-proxy-b" }, { name: "web" }, { name: "web-1" }], "web")[0]).toBe("web");
  });

  test("no query is the very list", () => {
    expect(createFinder<Row>(describeRow).find(rows, " ")).toBe(rows);
  });
});

const word = fc.constantFrom("web", "db", "shop", "a", "api", "x-1");
const row: fc.Arbitrary<Row> = fc.record({
  name: fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join("-")),
  state: fc.constantFrom("running", "exited"),
  labels: fc.dictionary(word, word, { maxKeys: 2 }),
});
const rowsOf = fc.array(row, { maxLength: 12 });
const exact = fc.oneof(
  word.map((text) => `name:${text}`),
  fc.constantFrom("state:exited", "state:run"),
  word.map((text) => `label:${text}`),
  fc.tuple(word, word).map(([key, value]) => `label:${key}=${value}`),
);
const fuzzy = fc.oneof(
  word,
  exact,
  word.map((text) => `!${text}`),
);

test("what is found is part of the list, and each word narrows it", () => {
  fc.assert(
    fc.property(rowsOf, fuzzy, fuzzy, (rows, one, two) => {
      const finder = createFinder<Row>(describeRow);
      const both = finder.find(rows, `${one} ${two}`);
      for (const found of both) {
        expect(finder.find(rows, one)).toContain(found);
        expect(finder.find(rows, two)).toContain(found);
      }
      expect(new Set(both).size).toBe(both.length);
    }),
  );
});

test("an exact word keeps the order, and negated it finds exactly the others", () => {
  fc.assert(
    fc.property(rowsOf, exact, (rows, query) => {
      const finder = createFinder<Row>(describeRow);
      const found = new Set(finder.find(rows, query));
      expect(finder.find(rows, query)).toEqual(rows.filter((it) => found.has(it)));
      expect(finder.find(rows, `!${query}`)).toEqual(rows.filter((it) => !found.has(it)));
    }),
  );
});

test("equal matches keep their order", () => {
  const twins = Array.from({ length: 20 }, (_, index) => ({ name: "web", id: `${index}` }));
  expect(createFinder<Row>(describeRow).find(twins, "web")).toEqual(twins);
});

test("a finder that was asked before answers as a new one", () => {
  fc.assert(
    fc.property(rowsOf, fc.array(fuzzy, { maxLength: 5 }), (rows, queries) => {
      const finder = createFinder<Row>(describeRow);
      for (const query of queries)
        expect(finder.find(rows, query)).toEqual(createFinder<Row>(describeRow).find(rows, query));
    }),
  );
});

test.each([
  ["web", "name", [5, 6, 7]],
  ["name:web", "name", []],
  ["!web", "name", []],
  ["web", "image", []],
  ["web", "nothing", []],
  ["", "name", []],
])("the letters that %j hits in the %s", (query, field, hits) => {
  const item = { name: "shop-web" };
  expect([...createFinder<Row>(describeRow).hits(item, field, query)].toSorted()).toEqual(hits);
});
