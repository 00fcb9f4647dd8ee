import { expect, test } from "vitest";
import { binarySize, decimalSize, parseSize } from "../../src/format/size.ts";

// docker images, docker ps --size; the ties were worked out by Go's fmt rules (half to even)
test.each([
  [0, "0B"],
  [5, "5B"],
  [999, "999B"],
  [1000, "1kB"],
  [13_256, "13.3kB"],
  [1_239_748, "1.24MB"],
  [4_261_550, "4.26MB"],
  [7_800_000, "7.8MB"],
  [77_827_264, "77.8MB"],
  [187_000_000, "187MB"],
  [1_240_000_000, "1.24GB"],
  [1_125, "1.12kB"],
  [1_375, "1.38kB"],
  [999_900, "1MB"],
  [2_000_000_000_000, "2TB"],
])("decimalSize of %i bytes is %s as docker images prints it", (bytes, text) => {
  expect(decimalSize(bytes)).toBe(text);
});

// docker stats; examples of go-units/size_test.go
test.each([
  [0, "0B"],
  [1023, "1023B"],
  [1024, "1KiB"],
  [1024 * 1024, "1MiB"],
  [135.6 * 1024 ** 2, "135.6MiB"],
  [1.5 * 1024 ** 3, "1.5GiB"],
  [1_648_361_472, "1.535GiB"],
  [3.42 * 1024 ** 3, "3.42GiB"],
  [2 * 1024 ** 4, "2TiB"],
  [1024 ** 2 - 1, "1MiB"],
])("binarySize of %d bytes is %s as docker stats prints it", (bytes, text) => {
  expect(binarySize(bytes)).toBe(text);
});

// go-units/size_test.go, TestRAMInBytes
test.each([
  ["32", 32],
  ["32b", 32],
  ["32B", 32],
  ["32k", 32 * 1024],
  ["32K", 32 * 1024],
  ["32kb", 32 * 1024],
  ["32Kib", 32 * 1024],
  ["32 kb", 32 * 1024],
  ["512m", 512 * 1024 ** 2],
  ["1.5GiB", 1.5 * 1024 ** 3],
  ["32t", 32 * 1024 ** 4],
  ["32pb", 32 * 1024 ** 5],
  ["32.5kB", 33_280],
  ["0.3 K", 307],
  [".3kB", 307],
  ["", undefined],
  ["hello", undefined],
  ["-32", undefined],
  ["32.3.1", undefined],
  [" 32 ", 32],
  ["32m b", undefined],
  ["32bm", undefined],
  ["32kbb", undefined],
  ["32 ib", undefined],
])("parseSize reads %j as %s", (text, bytes) => {
  expect(parseSize(text)).toBe(bytes);
});
