import { afterAll, beforeAll, expect, test } from "vitest";
import { type DemoEngine, startDemoEngine } from "../src/demo/index.ts";
import { unix } from "../src/docker/endpoint.ts";
import { type ListRequest, listAsText } from "../src/headless/list.ts";

let demo: DemoEngine;

beforeAll(async () => {
  demo = await startDemoEngine({ quiet: true, now: () => Date.parse("2026-11-21T12:00:00Z") });
});
afterAll(() => demo.close());

const read = (list: ListRequest["list"], query = "", json = false) =>
  listAsText(unix(demo.socketPath), { list, query, json });

test("ps: a heading, a line each, columns aligned, no control sequence", async () => {
  const text = await read("ps");
  const [heading = "", ...rows] = text.trimEnd().split("\n");
  expect(heading).toMatch(/^NAME +STATE +HEALTH +PORTS +IMAGE +UP/);
  const containers = JSON.parse(await read("ps", "", true)) as { name: string }[];
  expect(rows.map((row) => row.split(" ")[0]).toSorted()).toEqual(
    containers.map(({ name }) => name).toSorted(),
  );
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  const at = heading.indexOf("STATE");
  expect(rows.filter((row) => !/^[●◐○] /.test(row.slice(at)))).toEqual([]);
});

test("a query narrows a list as it does on the screen", async () => {
  const all = JSON.parse(await read("ps", "", true)) as { state: string }[];
  const exited = JSON.parse(await read("ps", "state:exited", true)) as { state: string }[];
  expect(exited.length).toBeGreaterThan(0);
  expect(exited.length).toBe(all.filter(({ state }) => state === "exited").length);
});

test("what matches nothing is a heading, or an empty array", async () => {
  expect((await read("ps", "name:no-such-thing")).trimEnd().split("\n")).toEqual(["NAME"]);
  expect(await read("ps", "name:no-such-thing", true)).toBe("[]\n");
});

test.each([
  ["images", "IMAGE"],
  ["networks", "NETWORK"],
  ["volumes", "VOLUME"],
] as const)("%s", async (list, heading) => {
  const [first, ...rows] = (await read(list)).trimEnd().split("\n");
  expect(first?.startsWith(heading)).toBe(true);
  expect(rows.length).toBe((JSON.parse(await read(list, "", true)) as unknown[]).length);
});

test("df: a line for each kind, log files too, and where the data is", async () => {
  const lines = (await read("df")).trimEnd().split("\n");
  expect(lines[0]).toMatch(/^KIND +COUNT +NEEDED +SIZE +CAN GO$/);
  const kinds = ["Images", "Containers", "Volumes", "Build cache", "Log files"];
  expect(lines.slice(1, -1).map((line) => line.split(/ {2,}/)[0])).toEqual(kinds);
  expect(lines.at(-1)).toMatch(/^Data root \/var\/lib\/docker \(overlay2 on \w+\): There is no/);
  const { usage, root, at } = JSON.parse(await read("df", "", true)) as Record<string, unknown>;
  expect((usage as { title: string }[]).map(({ title }) => title)).toEqual(kinds);
  expect(root).toMatchObject({ path: "/var/lib/docker", driver: "overlay2" });
  expect(at).toEqual(expect.any(Number));
});

test("df is narrowed and fitted, and tells what it is doing", async () => {
  const steps: (string | undefined)[] = [];
  const request = { list: "df", query: "log", json: false } as const;
  const text = await listAsText(unix(demo.socketPath), request, {
    progress: (step) => steps.push(step),
    columns: 60,
  });
  expect(text).toMatch(/^KIND.*\nLog files /);
  expect(text.split("\n").filter((line) => line.length > 60)).toEqual([]);
  expect(steps[0]).toBe("Measuring: the engine walks its files");
  expect(steps.at(-1)).toBeUndefined();
});

test("it asks for nothing but what it shows, and leaves no connection", async () => {
  const before = demo.requests.length;
  await read("ps");
  expect(demo.requests.slice(before).map(({ method, path }) => `${method} ${path.split("?")[0]}`)).toEqual([
    "GET /_ping",
    "GET /containers/json",
  ]);
});

test("an engine that is not there is an error, not an empty list", async () => {
  const request = { list: "ps", query: "", json: false } as const;
  await expect(listAsText(unix("/nowhere/docker.sock"), request)).rejects.toMatchObject({ code: "ENOENT" });
});
