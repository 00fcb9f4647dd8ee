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
  [[port(80, 8080, { ip: "::1" })], "[::1]:8080→80"],
  [Array.from({ length: 300 }, (_, at) => port(20_000 + at, 20_000 + at)), "20000-20299→20000-20299"],
  [[port(80, 8080), port(81, 8081), port(82, 9000), port(90), port(91)], "8080-8081→80-81 9000→82 90-91"],
  [[port(53, 53), port(54, 54, { protocol: "udp" })], "53→53 54→54/udp"],
  [[port(9000), port(80, 8080), port(443, 8443)], "8080→80 8443→443 9000"],
])("%j is %s", (ports, text) => {
  expect(portsText(ports)).toBe(text);
});
