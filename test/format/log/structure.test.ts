import fc from "fast-check";
import { expect, test } from "vitest";
import { levelOf } from "../../../src/format/log/level.ts";
import { readStructure, type Structured } from "../../../src/format/log/structure.ts";

type Read = Partial<Omit<Structured, "fields" | "value">> & { fields?: [string, string][] };
const at = "2026-11-21T10:00:00.123Z";
const json = (parts: Omit<Read, "kind">): Read => ({ kind: "json", ...parts });
const logfmt = (parts: Omit<Read, "kind">): Read => ({ kind: "logfmt", ...parts });

const examples: readonly [program: string, line: string, read: Read | undefined][] = [
  [
    "pino",
    '{"level":30,"time":1795226348000,"pid":7,"hostname":"web","msg":"hello","req":{"id":1,"url":"/"}}',
    json({
      time: "1795226348000",
      level: "info",
      message: "hello",
      fields: [
        ["pid", "7"],
        ["hostname", "web"],
        ["req.id", "1"],
        ["req.url", "/"],
      ],
    }),
  ],
  [
    "bunyan",
    `{"name":"app","hostname":"web","pid":1,"level":50,"msg":"it broke","time":"${at}","v":0}`,
    json({
      time: at,
      level: "error",
      message: "it broke",
      fields: [
        ["name", "app"],
        ["hostname", "web"],
        ["pid", "1"],
        ["v", "0"],
      ],
    }),
  ],
  [
    "zap",
    '{"level":"warn","ts":1795226348.5,"caller":"a.go:1","msg":"slow"}',
    json({ time: "1795226348.5", level: "warn", message: "slow", fields: [["caller", "a.go:1"]] }),
  ],
  [
    "zap's dpanic",
    `{"L":"x","level":"dpanic","ts":"${at}","msg":"boom"}`,
    json({ time: at, level: "fatal", message: "boom", fields: [["L", "x"]] }),
  ],
  [
    "logrus",
    `{"level":"warning","msg":"A group of walruses","size":10,"time":"${at}"}`,
    json({ time: at, level: "warn", message: "A group of walruses", fields: [["size", "10"]] }),
  ],
  [
    "zerolog",
    `{"level":"debug","time":${1795226348},"message":"hi","ok":true,"none":null}`,
    json({
      time: "1795226348",
      level: "debug",
      message: "hi",
      fields: [
        ["ok", "true"],
        ["none", "null"],
      ],
    }),
  ],
  [
    "slog",
    `{"time":"${at}","level":"INFO","msg":"x","user":{"id":1}}`,
    json({ time: at, level: "info", message: "x", fields: [["user.id", "1"]] }),
  ],
  [
    "Serilog",
    `{"Timestamp":"${at}","Level":"Information","MessageTemplate":"Hi {Name}","RenderedMessage":"Hi Eva","Properties":{"Name":"Eva"}}`,
    json({
      time: at,
      level: "info",
      message: "Hi Eva",
      fields: [
        ["MessageTemplate", "Hi {Name}"],
        ["Properties.Name", "Eva"],
      ],
    }),
  ],
  [
    "Serilog, compact",
    `{"@t":"${at}","@mt":"Hi {Name}","@l":"Fatal","Name":"Eva"}`,
    json({ time: at, level: "fatal", message: "Hi {Name}", fields: [["Name", "Eva"]] }),
  ],
  [
    "ECS",
    `{"@timestamp":"${at}","log.level":"ERROR","message":"x","ecs.version":"1.2.0"}`,
    json({ time: at, level: "error", message: "x", fields: [["ecs.version", "1.2.0"]] }),
  ],
  [
    "ECS, nested",
    `{"@timestamp":"${at}","log":{"level":"error","logger":"a"},"message":"x"}`,
    json({ time: at, level: "error", message: "x", fields: [["log.logger", "a"]] }),
  ],
  [
    "GELF",
    '{"version":"1.1","host":"web","short_message":"x","timestamp":1795226348.12,"level":4,"_a":1}',
    json({
      time: "1795226348.12",
      level: "warn",
      message: "x",
      fields: [
        ["version", "1.1"],
        ["host", "web"],
        ["_a", "1"],
      ],
    }),
  ],
  [
    "Docker's json-file",
    `{"log":"ERROR it broke\\n","stream":"stderr","time":"${at}"}`,
    json({ time: at, level: "error", message: "ERROR it broke", fields: [["stream", "stderr"]] }),
  ],
  [
    "winston",
    `{"level":"info","message":"listening","timestamp":"${at}"}`,
    json({ time: at, level: "info", message: "listening" }),
  ],
  [
    "python-json-logger",
    '{"asctime": "2026-11-21 10:00:00,123", "levelname": "CRITICAL", "message": "x"}',
    json({ time: "2026-11-21 10:00:00,123", level: "fatal", message: "x" }),
  ],
  [
    "structlog",
    `{"event": "logged in", "user": "eva", "level": "info", "timestamp": "${at}"}`,
    json({ time: at, level: "info", message: "logged in", fields: [["user", "eva"]] }),
  ],
  [
    "log4j",
    '{"instant":{"epochSecond":1795226348,"nanoOfSecond":1},"level":"WARN","loggerName":"a.B","message":"x"}',
    json({ time: "1795226348", level: "warn", message: "x", fields: [["loggerName", "a.B"]] }),
  ],
  [
    "logstash-logback-encoder",
    `{"@timestamp":"${at}","@version":"1","message":"x","level":"ERROR","level_value":40000,"stack_trace":"a\\n\\tat b"}`,
    json({
      time: at,
      level: "error",
      message: "x",
      fields: [
        ["@version", "1"],
        ["level_value", "40000"],
        ["stack_trace", "a\n\tat b"],
      ],
    }),
  ],
  [
    "hclog (Vault, Consul)",
    `{"@level":"warn","@message":"x","@module":"core","@timestamp":"${at}"}`,
    json({ time: at, level: "warn", message: "x", fields: [["@module", "core"]] }),
  ],
  [
    "MongoDB",
    `{"t":{"$date":"${at}"},"s":"I","c":"NETWORK","id":22943,"ctx":"listener","msg":"accepted","attr":{"remote":"10.0.0.1:5"}}`,
    json({
      time: at,
      level: "info",
      message: "accepted",
      fields: [
        ["c", "NETWORK"],
        ["id", "22943"],
        ["ctx", "listener"],
        ["attr.remote", "10.0.0.1:5"],
      ],
    }),
  ],
  [
    "Google Cloud",
    `{"severity":"ERROR","timestamp":"${at}","message":"x"}`,
    json({ time: at, level: "error", message: "x" }),
  ],
  [
    "journald",
    '{"PRIORITY":"6","__REALTIME_TIMESTAMP":"1795226348000000","MESSAGE":"x","_PID":"1"}',
    json({ time: "1795226348000000", level: "info", message: "x", fields: [["_PID", "1"]] }),
  ],
  [
    "Caddy",
    '{"level":"info","ts":1795226348.1,"logger":"http.log.access","msg":"handled request","request":{"method":"GET","headers":{"Accept":["*/*"]}},"duration":0.01}',
    json({
      time: "1795226348.1",
      level: "info",
      message: "handled request",
      fields: [
        ["logger", "http.log.access"],
        ["request.method", "GET"],
        ["request.headers.Accept", '["*/*"]'],
        ["duration", "0.01"],
      ],
    }),
  ],
  [
    "nginx with JSON access logs",
    '{"time":"21/Nov/2026:10:00:00 +0000","status":"200","request":"GET / HTTP/1.1"}',
    json({
      time: "21/Nov/2026:10:00:00 +0000",
      message: "",
      fields: [
        ["status", "200"],
        ["request", "GET / HTTP/1.1"],
      ],
    }),
  ],
  [
    "Nextcloud",
    `{"reqId":"a","level":3,"time":"${at}","message":"x"}`,
    json({ time: at, level: "error", message: "x", fields: [["reqId", "a"]] }),
  ],
  ["CRI", `${at} stdout F {"level":"info","msg":"x"}`, json({ time: at, level: "info", message: "x" })],
  ["a stream in front", 'stdout F {"msg":"x","a":1}', json({ message: "x", fields: [["a", "1"]] })],
  ["a time in front", '2026-11-21 10:00:00 {"msg":"x"}', json({ time: "2026-11-21 10:00:00", message: "x" })],
  ["its own time counts", `10:00:00.5 {"ts":"${at}","msg":"x"}`, json({ time: at, message: "x" })],
  ["compose logs", 'web-1  | {"level":"info","msg":"x"}', json({ level: "info", message: "x" })],
  ["a syslog priority", '<14>{"msg":"x"}', json({ message: "x" })],
  ["spaces around", '  {"msg":"x"}  ', json({ message: "x" })],
  ["capitals", `{"Time":"${at}","LEVEL":"Warn","Msg":"x"}`, json({ time: at, level: "warn", message: "x" })],
  ["a duration called time", '{"time":0.3,"msg":"x"}', json({ message: "x", fields: [["time", "0.3"]] })],
  ["an unknown level", '{"level":"boss","msg":"x"}', json({ message: "x", fields: [["level", "boss"]] })],
  [
    "a level called constructor",
    '{"s":"constructor"}',
    json({ message: "", fields: [["s", "constructor"]] }),
  ],
  [
    "an event that is no text",
    '{"event":{"dataset":"a"},"text":"x"}',
    json({ message: "x", fields: [["event.dataset", "a"]] }),
  ],
  ["two messages", '{"msg":"a","message":"b"}', json({ message: "b", fields: [["msg", "a"]] })],
  ["a number as message", '{"msg":42}', json({ message: "42" })],
  ["no known name", '{"a":1,"b":[1,"x"]}', json({ message: "", fields: [["a", "1"], ["b", '[1,"x"]']] })], // biome-ignore format: one line
  ["an empty object inside", '{"a":{},"b":[]}', json({ message: "", fields: [["a", "{}"], ["b", "[]"]] })], // biome-ignore format: one line
  ["a key twice", '{"a":1,"a":2}', json({ message: "", fields: [["a", "2"]] })],
  ["__proto__", '{"__proto__":{"a":1},"constructor":2}', json({ message: "", fields: [["__proto__.a", "1"], ["constructor", "2"]] })], // biome-ignore format: one line
  [
    "nested five deep",
    '{"a":{"b":{"c":{"d":{"e":{"f":1}}}}}}',
    json({ message: "", fields: [["a.b.c.d", '{"e":{"f":1}}']] }),
  ],
  ["no object", "[1,2,3]", undefined],
  ["an empty object", "{}", undefined],
  ["two objects", '{"a":1} {"b":2}', undefined],
  ["cut off", '{"a":1', undefined],
  ["text around", 'got {"a":1}', undefined],
  ["text behind", '{"a":1} done', undefined],
  ["a set in prose", "{see the manual}", undefined],
  // logfmt
  [
    "logrus as logfmt",
    `time="${at}" level=warning msg="could not \\"stop\\" it" container=web`,
    logfmt({ time: at, level: "warn", message: 'could not "stop" it', fields: [["container", "web"]] }),
  ],
  [
    "Prometheus",
    `ts=${at} caller=main.go:1 level=info component="rule manager" msg="Starting"`,
    logfmt({
      time: at,
      level: "info",
      message: "Starting",
      fields: [
        ["caller", "main.go:1"],
        ["component", "rule manager"],
      ],
    }),
  ],
  [
    "Grafana",
    `logger=http t=${at} level=error msg="x" err="a\\nb" empty=`,
    logfmt({
      time: at,
      level: "error",
      message: "x",
      fields: [
        ["logger", "http"],
        ["err", "a\nb"],
        ["empty", ""],
      ],
    }),
  ],
  [
    "Heroku's router",
    'at=info method=GET path="/" status=200',
    logfmt({
      message: "",
      fields: [
        ["at", "info"],
        ["method", "GET"],
        ["path", "/"],
        ["status", "200"],
      ],
    }),
  ],
  [
    "a time in front of logfmt",
    "2026-11-21 10:00:00 level=info msg=x a=1",
    logfmt({ time: "2026-11-21 10:00:00", level: "info", message: "x", fields: [["a", "1"]] }),
  ],
  [
    "a message without quotes",
    "level=info msg=hello world a=1 b=2",
    logfmt({
      level: "info",
      message: "hello world",
      fields: [
        ["a", "1"],
        ["b", "2"],
      ],
    }),
  ],
  ["a key twice in logfmt", "a=1 a=2", logfmt({ message: "", fields: [["a", "1"], ["a", "2"]] })], // biome-ignore format: one line
  ["escapes", 'a="\\u001b[31m\\x07" b=1', logfmt({ message: "", fields: [["a", "\x1b[31m\x07"], ["b", "1"]] })], // biome-ignore format: one line
  ["dangerous keys", "__proto__=1 constructor=2", logfmt({ message: "", fields: [["__proto__", "1"], ["constructor", "2"]] })], // biome-ignore format: one line
  ["one pair", "level=info", undefined],
  ["pairs in prose", "connecting with host=db port=5432 now", undefined],
  ["a formula", "a=b if c==d", undefined],
  ["code", "x=>y z=>1 a==b", undefined],
  ["an address", "GET http://x/?a=1&b=2 c=3", undefined],
  ["base64", "abc== def==", undefined],
  ["plain text", "Server started", undefined],
  ["nothing", "", undefined],
];

test.each(examples)("%s: %s", (_program, line, read) => {
  const { value, ...found } = readStructure(line) ?? {};
  expect(found).toEqual(read === undefined ? {} : { fields: [], ...read });
  if (read?.kind === "json") expect(value).toEqual(JSON.parse(line.slice(line.indexOf("{"))));
});

test.each(examples.filter(([, line, read]) => read?.level && !line.startsWith('{"log"')))(
  "the level of %s is also found without reading it as structure",
  (_program, line, read) => {
    expect(levelOf(line)).toBe(read?.level);
  },
);

test("ids of many digits stay as they were written", () => {
  const { fields, value } = readStructure('{"id":1234567890123456789,"pi":3.141592653589793238}') ?? {};
  expect(fields).toEqual([
    ["id", "1234567890123456789"],
    ["pi", "3.141592653589793"],
  ]);
  expect(value).toEqual({ id: "1234567890123456789", pi: Math.PI });
});

test("a line of more than 64 KiB is no structure", () => {
  const line = (length: number) => `{"a":"${"x".repeat(length - 8)}"}`;
  expect(readStructure(line(1 << 16))?.fields).toHaveLength(1);
  expect(readStructure(line((1 << 16) + 1))).toBeUndefined();
});

test.each([
  ["many keys", `{${Array.from({ length: 5000 }, (_, key) => `"${key}":1`).join(",")}}`],
  ["a huge list", `{"a":[${"1,".repeat(30_000)}1]}`],
  ["lists of lists", `{"a":${"[".repeat(30_000)}${"]".repeat(30_000)}}`],
  ["objects in objects", `{"a":${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}}`],
  [
    "deep objects with long numbers",
    `{"n":12345678901234567890,"a":${'{"a":'.repeat(9000)}1${"}".repeat(9000)}}`,
  ],
  [
    "a long key over many",
    `{"${"k".repeat(30_000)}":{${Array.from({ length: 3000 }, (_, key) => `"${key}":1`).join(",")}}}`,
  ],
  ["many pairs", "a=1 ".repeat(16_000)],
  ["open quotes", 'a="'.repeat(20_000)],
  ["escapes without end", `a="${"\\".repeat(60_001)}" b=1`],
  ["braces", "{".repeat(60_000)],
])("%s are harmless and bounded", (_what, line) => {
  expect(line.length).toBeLessThanOrEqual(1 << 16);
  const fields = readStructure(line)?.fields ?? [];
  expect(fields.length).toBeLessThanOrEqual(65);
  for (const [key, value] of fields) {
    expect(key.length).toBeLessThanOrEqual(101);
    expect(value.length).toBeLessThanOrEqual(60_001);
  }
});

test("the last field says how many more there are", () => {
  expect(readStructure("a=1 ".repeat(70))?.fields.at(-1)).toEqual(["…", "6 more"]);
  const keys = Object.fromEntries(Array.from({ length: 70 }, (_, key) => [`k${key}`, 1]));
  expect(readStructure(JSON.stringify(keys))?.fields.at(-1)).toEqual(["…", "6 more"]);
});

test("any JSON object is read and keeps its value", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }), (object) => {
      const line = JSON.stringify(object);
      const read = readStructure(line);
      expect(read?.kind).toBe("json");
      expect(read?.value).toEqual(JSON.parse(line));
    }),
  );
});
