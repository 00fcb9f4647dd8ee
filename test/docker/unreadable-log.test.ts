import { expect, test } from "vitest";
import { unreadableLog } from "../../src/docker/unreadable-log.ts";

const said = "configured logging driver does not support reading";
const reasonOf = (logDriver: string, logOptions: Readonly<Record<string, string>> = {}) =>
  unreadableLog({ logDriver, logOptions }, said);

test.each([
  ["syslog", {}, "the syslog of the engine's host"],
  ["syslog", { "syslog-address": "tcp+tls://logs:6514" }, "the syslog server at tcp+tls://logs:6514"],
  ["gelf", { "gelf-address": "udp://logs:12201" }, "the GELF server at udp://logs:12201"],
  ["fluentd", { "fluentd-address": "unix:///run/fluent.sock" }, "Fluentd at unix:///run/fluent.sock"],
  ["awslogs", { "awslogs-group": "shop", "awslogs-stream": "" }, "Amazon CloudWatch, log group shop"],
  ["awslogs", { "awslogs-group": "a", "awslogs-stream": "b" }, "Amazon CloudWatch, log group a, stream b"],
  [
    "splunk",
    { "splunk-url": "https://me:word@splunk:8088", "splunk-token": "secret" },
    "Splunk at https://splunk:8088",
  ],
  ["gcplogs", { "gcp-project": "shop" }, "Google Cloud Logging, project shop"],
  ["logentries", { "logentries-token": "secret" }, "Logentries"],
  ["vendor/plugin:1", {}, "where that driver sends them"],
])("lines of %s with %j go to %s", (driver, options, place) => {
  expect(reasonOf(driver, options)).toBe(
    `the log driver is ${driver}: its lines go to ${place}. Docker 20.10 or later keeps a copy that can be read here`,
  );
  expect(reasonOf(driver, { ...options, "cache-disabled": "true" })).toBe(
    `the log driver is ${driver}: its lines go to ${place}. Without its option cache-disabled=true Docker keeps a copy that can be read here`,
  );
});

test("the driver none keeps nothing", () => {
  expect(reasonOf("none")).toMatch(/^the log driver is none, which keeps nothing\./);
});

test.each(["json-file", "local", "journald"])(
  "of %s, which can be read, the engine tells why not",
  (driver) => {
    expect(reasonOf(driver)).toBe(`the log driver is ${driver}: ${said}`);
  },
);
