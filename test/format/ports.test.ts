import { expect, test } from "vitest";
import { portsText } from "../../src/format/ports.ts";

const port = (inner: number, outer?: number, change: object = {}) => ({
  ...{ private: inner, protocol: "tcp" },
  ...(outer === undefined ? {} : { public: outer }),
  ...change,
});

test.each([
  [[], ""],
  [[port(80)], "80"],
  [[port(80, 8080)], "8080→80"],
  [[port(53, undefined, { protocol: "udp" })], "53/udp"],
  [[port(53, 53, { protocol: "udp", ip: "127.0.0.1" })], "127.0.0.1:53→53/udp"],
  [[port(9000), port(80, 8080), port(443, 8443)], "8080→80 8443→443 9000"],
])("%j is %s", (ports, text) => {
  expect(portsText(ports)).toBe(text);
});
