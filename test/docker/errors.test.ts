import { expect, test } from "vitest";
import { unix } from "../../src/docker/endpoint.ts";
import { explain, type Problem, ProblemError } from "../../src/docker/errors.ts";

const socket = unix("/run/d.sock");
const tcp = { kind: "tcp", host: "h", port: 1, label: "tcp://h:1" } as const;

test.each<[string, unknown, Problem["kind"], string]>([
  ["no socket", { code: "ENOENT" }, "no-socket", "There is no Docker socket at /run/d.sock."],
  [
    "no folder on the way",
    { code: "ENOTDIR" },
    "no-socket",
    "There is no Docker socket at /run/d.sock: a part of that path is no folder.",
  ],
  [
    "something else than HTTP",
    { code: "HPE_INVALID_CONSTANT" },
    "other",
    "/run/d.sock does not speak the Docker API.",
  ],
  ["no right", { code: "EACCES" }, "permission", "You may not open the Docker socket /run/d.sock."],
  ["no daemon", { code: "ECONNREFUSED" }, "refused", "Nothing answers at /run/d.sock."],
  ["a reset", { code: "ECONNRESET" }, "lost", "The connection to /run/d.sock broke."],
  ["no name", { code: "ENOTFOUND" }, "unreachable", "The host of /run/d.sock has no address."],
  ["a time limit", { name: "TimeoutError" }, "timeout", "/run/d.sock did not answer in time."],
  [
    "a time limit inside an abort",
    { name: "AbortError", cause: { name: "TimeoutError" } },
    "timeout",
    "/run/d.sock did not answer in time.",
  ],
  ["an abort", { name: "AbortError" }, "cancelled", "Cancelled."],
  [
    "a whole id",
    { statusCode: 404, json: { message: `No such container: ${"0123456789ab".padEnd(64, "c")}` } },
    "gone",
    "No such container: 0123456789ab",
  ],
  ["404", { statusCode: 404, json: { message: "No such container: x" } }, "gone", "No such container: x"],
  ["no such route", { statusCode: 404, message: "page not found" }, "unsupported", "page not found"],
  ["409", { statusCode: 409, json: { message: "is paused" } }, "conflict", "is paused"],
  ["501", { statusCode: 501, message: "not implemented" }, "unsupported", "not implemented"],
  ["500", { statusCode: 500, json: { message: " driver \u001b[2Jfailed\n" } }, "other", "driver ␛[2Jfailed"],
  ["an answer without JSON", { statusCode: 500, json: null, message: "bad gateway" }, "other", "bad gateway"],
  ["a thrown text", "oops", "other", "oops"],
  ["nothing", undefined, "other", "undefined"],
  ["an empty object", {}, "other", "Unknown error"],
  ["a code that is a number", { code: 1, message: "ended" }, "other", "ended"],
])("%s", (_, error, kind, message) => {
  expect(explain(error, socket)).toMatchObject({ kind, message });
});

test("a refused connection's hint knows how the engine is reached", () => {
  expect(explain({ code: "ECONNREFUSED" }, socket).hint).toContain("systemctl start docker");
  expect(explain({ code: "ECONNREFUSED" }, tcp).hint).toContain("address and port");
});

test("a problem is passed on as it is", () => {
  const problem: Problem = { kind: "gone", message: "It is gone.", hint: "Look elsewhere." };
  expect(explain(new ProblemError(problem), tcp)).toEqual(problem);
});

test("a message is no longer than 500 characters", () => {
  expect(explain({ message: "x".repeat(10_000) }).message).toHaveLength(500);
});
