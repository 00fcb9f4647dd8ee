import fc from "fast-check";
import { expect, test } from "vitest";
import type { RunningSample } from "../../src/docker/inside/samples.ts";
import { plainText } from "../../src/format/ansi.ts";
import { width } from "../../src/format/width.ts";
import { layOut } from "../../src/screens/stats/layout.ts";
import { paintPanel } from "../../src/screens/stats/panel.ts";
import { createTheme } from "../../src/ui/theme.ts";

const flow = (total: number) => ({ total, rate: total / 10 });

/** A sample of a container with so many interfaces and cores. */
function sampleWith(interfaces: number, cores: number): RunningSample {
  return {
    ...{
      at: 0,
      running: true,
      cores: Math.max(1, cores),
      cpu: 123.456,
      memory: 1e8,
      memoryLimit: 5e8,
      cache: 1e7,
    },
    perCore: Array.from({ length: cores }, (_, core) => core),
    interfaces: Array.from({ length: interfaces }, (_, index) => ({
      name: `eth${index}`,
      received: flow(index * 1e6),
      sent: flow(index * 1e12),
    })),
    ...{ read: flow(0), written: flow(1e9), pids: 12, pidsLimit: 100 },
  };
}

const labels = (interfaces: number, rows: number) =>
  layOut(sampleWith(interfaces, 2), {}, rows).map(({ measure }) => measure.label);

test("as much is told as there is room for, and all five kinds from five rows on", () => {
  const every = [
    "cpu",
    "core 0",
    "core 1",
    "memory",
    "cache",
    "eth0 rx",
    "eth0 tx",
    "read",
    "written",
    "pids",
  ];
  expect(labels(1, 40)).toEqual(every);
  expect(labels(1, 18)).toEqual(every.filter((label) => !label.startsWith("core")));
  expect(labels(3, 12)).toHaveLength(12);
  expect(labels(9, 12)).toEqual(["cpu", "memory", "cache", "net rx", "net tx", "read", "written", "pids"]);
  expect(labels(9, 5)).toEqual(["cpu", "memory", "net", "block", "pids"]);
  expect(labels(1, 2)).toEqual(["cpu", "memory"]);
  expect(labels(1, 0)).toEqual([]);
});

test("what does not exist has no graph", () => {
  const { interfaces: _interfaces, cache: _cache, ...bare } = sampleWith(1, 0);
  expect(layOut(bare, {}, 40).map(({ measure }) => measure.label)).toEqual([
    "cpu",
    "memory",
    "read",
    "written",
    "pids",
  ]);
});

test("a panel is exactly as wide and high as asked, with and without colour", () => {
  const sizes = fc.record({
    columns: fc.integer({ min: 12, max: 220 }),
    rows: fc.integer({ min: 0, max: 60 }),
  });
  const what = fc.record({
    interfaces: fc.nat(12),
    cores: fc.nat(70),
    samples: fc.nat(30),
    own: fc.boolean(),
    colour: fc.boolean(),
  });
  fc.assert(
    fc.property(sizes, what, ({ columns, rows }, { interfaces, cores, samples, own, colour }) => {
      const moments = Array.from({ length: samples }, (_, second) => ({
        at: 1e6 + second * 1000,
        sample: sampleWith(interfaces, cores),
      }));
      const content = { moments, bounds: { cpus: 2 }, live: true, words: "waiting", name: "web" };
      const theme = createTheme({ colour, styles: colour });
      const look = { columns, rows, theme, end: 1e6 + samples * 1000, stepMs: 2000, own, stale: false };
      const lines = paintPanel(content, look).map(plainText);
      expect(lines).toHaveLength(rows);
      expect(lines.map(width)).toEqual(lines.map(() => columns));
    }),
  );
});
