import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { afterEach, expect, test } from "vitest";
import { cutMark, textLimit } from "../../src/docker/bounded.ts";
import { createEngine } from "../../src/docker/engine.ts";
import { explain } from "../../src/docker/errors.ts";
import { createFakeClock } from "../fake-clock.ts";
import { type Answer, closeRawEngines, http, openRawEngine } from "./raw-engine.ts";

afterEach(closeRawEngines);

const signal = new AbortController().signal;

async function connect(answer: (line: string) => Answer) {
  const raw = await openRawEngine(answer);
  const clock = createFakeClock();
  const engine = createEngine(raw.endpoint, { readOnly: false, now: clock.now, clock });
  await engine.connect(signal);
  return { raw, engine, clock };
}

const sentence = (asked: Promise<unknown>) =>
  asked.then(
    () => "no error",
    (error) => explain(error).message,
  );

test.each([301, 302, 303, 307, 308])(
  "a redirect (%i) is followed nowhere, not even connected to",
  async (status) => {
    let connections = 0;
    const elsewhere = createServer(() => (connections += 1)).listen(0, "127.0.0.1");
    await once(elsewhere, "listening");
    const to = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`;
    for (const location of [to, "ftp://127.0.0.1/", "//", "\u00ff"]) {
      const { engine } = await connect(() => http(status, "", `Location: ${location}\r\n`));
      const asked = [
        engine.containers(),
        engine.inspect("c"),
        engine.about(),
        engine.events(signal),
        engine.stop("c", 1),
        engine.df(signal),
        engine.execute("c", { command: ["a"] }, signal),
      ];
      for (const said of await Promise.all(asked.map(sentence)))
        expect(said).toMatch(/sends dockui elsewhere/);
      engine.close();
    }
    elsewhere.close();
    expect(connections).toBe(0);
  },
);

const running = '{"State":{"Running":true},"Config":{"Tty":true,"OpenStdin":true}}';
const upgraded = "HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n";

test("nothing is sent on the connection of an attach but what is typed", async () => {
  const { raw, engine } = await connect((line) => {
    if (line.includes("/attach")) return (socket) => void socket.write(upgraded);
    return line.includes("/wait") ? "silence" : http(200, line.includes("/json") ? running : "");
  });
  const session = await engine.attach("c", {
    detachKeys: "ctrl-p,ctrl-q",
    size: { columns: 80, rows: 24 },
    input: "always",
  });
  session.stream.write("typed");
  const attached = () => raw.received.find((bytes) => bytes.includes("/attach")) ?? "";
  await expect.poll(attached).toContain("typed");
  const [head = "", body] = attached().split("\r\n\r\n");
  expect(body).toBe("typed");
  expect(head).not.toMatch(/transfer-encoding/i);
  expect(head).toMatch(/content-length: 0/i);
  session.leave();
  engine.close();
});

test("what stands in the query is not sent again as a body", async () => {
  const { raw, engine } = await connect(() => http(204));
  await engine.stop("c", 5);
  await engine.kill("c", "TERM");
  const bodies = raw.received
    .filter((bytes) => bytes.startsWith("POST"))
    .map((bytes) => bytes.split("\r\n\r\n")[1]);
  expect(bodies).toEqual(["", ""]);
  expect(raw.requests.slice(1)).toEqual([
    "POST /containers/c/stop?t=5",
    "POST /containers/c/kill?signal=TERM",
  ]);
  engine.close();
});

test("an engine that opens no terminal is told of in a sentence", async () => {
  const { engine } = await connect((line) => http(200, line.endsWith("/exec") ? '{"Id":"e"}' : ""));
  const options = { command: ["sh"], term: "xterm", size: { columns: 80, rows: 24 } };
  expect(await sentence(engine.openShell("c", options))).toMatch(/opens no terminal/);
  engine.close();
});

test("an empty answer to exec is a sentence", async () => {
  const { engine } = await connect(() => http(200));
  expect(await sentence(engine.execute("c", { command: ["a"] }, signal))).not.toBe("no error");
  engine.close();
});

test("a row without an id is no row, and nothing is asked of an object without one", async () => {
  const { raw, engine } = await connect((line) => {
    const [path = ""] = line.replace("GET ", "").split("?");
    if (path === "/volumes") return http(200, '{"Volumes":[{},{"Name":"v"},null]}');
    if (/^\/(containers\/json|images\/json|networks)$/.test(path))
      return http(200, '[{},{"Id":"x"},7,{"Id":5}]');
    return http(200, "{}");
  });
  const lists = [
    engine.containers(),
    engine.images(),
    engine.networks(),
    engine.volumes(),
    engine.allImages(),
  ];
  const ids = (await Promise.all(lists as Promise<{ id: string }[]>[])).map((rows) =>
    rows.map(({ id }) => id),
  );
  expect(ids).toEqual([["x"], ["x"], ["x"], ["v"], ["x"]]);
  await engine.facts("x"); // its inspect names no image
  await Promise.allSettled([
    engine.inspect(""),
    engine.remove(""),
    engine.removeNetwork(""),
    engine.removeVolume(""),
  ]);
  expect(raw.requests.filter((line) => /\/(\/|\?|$)/.test(line))).toEqual([]);
  engine.close();
});

test("what no program could have been given is cut, and the memory stays small", async () => {
  const row = { Id: "x", Labels: { huge: `\\"${"é".repeat(10 << 20)}`, small: "s" } };
  const { engine } = await connect((line) =>
    http(200, line.includes("/images/") ? '{"Id":"sha256:1"}' : JSON.stringify([row, { ...row, Id: "y" }])),
  );
  const [first, second] = await engine.containers();
  expect(second?.id).toBe("y");
  expect(first?.labels.small).toBe("s");
  const inspected = (await engine.inspect("x")) as [{ Labels: { huge: string } }];
  const { huge } = inspected[0].Labels;
  expect(huge.endsWith(cutMark)).toBe(true);
  const again = { Name: "/x", Image: "sha256:1", Config: { Image: "a", Labels: { huge } }, HostConfig: {} };
  expect(await sentence(engine.recreate(again))).toMatch(/longer than 256 KiB/);
  expect(Buffer.byteLength(huge)).toBeLessThan(textLimit + 100);
  engine.close();
});

test("an answer that has no end is given up", async () => {
  const { engine } = await connect(() => (socket) => {
    socket.write("HTTP/1.1 200 OK\r\n\r\n[");
    const piece = Buffer.from("1,".repeat(1 << 19));
    const more = () => {
      while (!socket.destroyed && socket.write(piece)) {}
    };
    socket.on("drain", more);
    more();
  });
  expect(await sentence(engine.containers())).toMatch(/more than 32 MiB/);
  engine.close();
});

test.each([
  ["cut", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[{", /broke|ended/],
  ["cut without a length", "HTTP/1.1 200 OK\r\n\r\n[{", /no JSON/],
  ["no JSON", http(200, "<html>"), /no JSON/],
  ["nested without end", http(200, "[".repeat(1 << 20)), /no JSON/],
  ["SSH", "SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n", /does not speak the Docker API/],
  ["nothing", "", /broke/],
  ["an upgrade nobody asked for", upgraded, /broke/],
  ["an error without words", http(500), /status 500/],
  ["an error page", http(502, "Bad Gateway"), /Bad Gateway/],
])("%s is a sentence", async (_, answer, said) => {
  const { engine } = await connect(() => answer);
  expect(await sentence(engine.containers())).toMatch(said);
  engine.close();
});
