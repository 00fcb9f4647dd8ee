import type { RunningSample } from "../../docker/inside/samples.ts";
import { percent } from "../../format/percent.ts";
import { binarySize, decimalSize } from "../../format/size.ts";

/** What a container may use. */
export type Bounds = { cpus?: number; memory?: number };

/** One graph: what it shows of a sample, in which words. */
export type Measure = {
  label: string;
  value(sample: RunningSample): number | undefined;
  words(value: number): string;
  /** What stands beside the figure of now: the total so far, the limit. */
  more(sample: RunningSample): readonly string[];
  /** What the whole height stands for, where there is something it cannot exceed. */
  limit?: number;
  /** The height stands for this at least, so that next to nothing looks like it. */
  least: number;
  /** Of what its units are powers. */
  base?: 1024;
  /** Rows it wants at least where there is room, and how much of what is left. */
  rows: number;
  weight: number;
};

/** A row of a layout table: how much is told, from the most to the least. */
export type Detail = "cores" | "interfaces" | "sums" | "five";

const rate = (value: number) => `${decimalSize(Math.round(value))}/s`;
const coresWord = (count: number) => `${count} ${count === 1 ? "core" : "cores"}`;

/** The graphs of a container like that sample, as detailed as asked. */
export function measuresOf(sample: RunningSample, bounds: Bounds, detail: Detail): Measure[] {
  const head = [cpu(sample, bounds), ...(detail === "cores" ? cores(sample) : []), memory(bounds, sample)];
  if (detail === "five") return [...head, both("net", networkSum), both("block", blockSum), pids];
  const net = detail === "sums" ? sums(sample) : interfaces(sample);
  return [...head, ...(sample.cache === undefined ? [] : [cache]), ...net, ...block, pids];
}

function cpu({ cores: all }: RunningSample, { cpus }: Bounds): Measure {
  const most = cpus === undefined ? all : Math.min(cpus, all);
  return {
    label: "cpu",
    value: (sample) => sample.cpu,
    words: percent,
    more: () => [
      `of ${Math.round(most * 100)}%`,
      cpus === undefined ? coresWord(all) : `${cpus} of ${coresWord(all)}`,
    ],
    limit: most * 100,
    ...{ least: 1, rows: 3, weight: 4 },
  };
}

function cores({ perCore = [] }: RunningSample): Measure[] {
  return perCore.map((_, core) => ({
    label: `core ${core}`,
    value: (sample) => sample.perCore?.[core],
    words: percent,
    more: () => [],
    limit: 100,
    ...{ least: 1, rows: 1, weight: 0.7 },
  }));
}

function memory(bounds: Bounds, { memoryLimit }: RunningSample): Measure {
  return {
    label: "memory",
    value: (sample) => sample.memory,
    words: binarySize,
    more: ({ memory: used = 0, memoryLimit: limit = 0 }) =>
      limit > 0 ? [`of ${binarySize(limit)}`, percent((used / limit) * 100)] : [],
    // Without a limit of its own the engine tells the host's memory, of which a container is a thin line.
    ...(bounds.memory === undefined || memoryLimit === undefined ? {} : { limit: memoryLimit }),
    ...{ base: 1024, least: 1024 ** 2, rows: 3, weight: 3 },
  };
}

const cache: Measure = {
  label: "cache",
  value: (sample) => sample.cache,
  words: binarySize,
  more: () => [],
  ...{ base: 1024, least: 1024 ** 2, rows: 1, weight: 1 },
};

const flowLeast = 1000;
const flowSize = { least: flowLeast, rows: 2, weight: 2 };

function interfaces(sample: RunningSample): Measure[] {
  const flowOf = (of: RunningSample, name: string, way: "received" | "sent") =>
    of.interfaces?.find((one) => one.name === name)?.[way];
  return (sample.interfaces ?? []).flatMap(({ name }) =>
    (["received", "sent"] as const).map((way) => ({
      label: `${name} ${way === "received" ? "rx" : "tx"}`,
      value: (of: RunningSample) => flowOf(of, name, way)?.rate,
      words: rate,
      more: (of: RunningSample) => [`total ${decimalSize(flowOf(of, name, way)?.total ?? 0)}`],
      ...flowSize,
    })),
  );
}

type Pair = readonly [{ total: number; rate?: number }, { total: number; rate?: number }];

function networkSum({ interfaces: all = [] }: RunningSample): Pair {
  const sum = (way: "received" | "sent") =>
    all.reduce(
      (whole, one) => ({
        total: whole.total + one[way].total,
        ...(one[way].rate === undefined ? {} : { rate: (whole.rate ?? 0) + one[way].rate }),
      }),
      { total: 0 } as Pair[0],
    );
  return [sum("received"), sum("sent")];
}

const blockSum = ({ read, written }: RunningSample): Pair => [read, written];

function one(label: string, pair: (sample: RunningSample) => Pair, side: 0 | 1): Measure {
  return {
    label,
    value: (sample) => pair(sample)[side].rate,
    words: rate,
    more: (sample) => [`total ${decimalSize(pair(sample)[side].total)}`],
    ...flowSize,
  };
}

const sums = ({ interfaces: all }: RunningSample): Measure[] =>
  all === undefined ? [] : [one("net rx", networkSum, 0), one("net tx", networkSum, 1)];
const block = [one("read", blockSum, 0), one("written", blockSum, 1)];

/** Both ways in one graph, with the totals as `docker stats` prints them. */
function both(label: string, pair: (sample: RunningSample) => Pair): Measure {
  return {
    label,
    value(sample) {
      const [first, second] = pair(sample);
      return first.rate === undefined && second.rate === undefined
        ? undefined
        : (first.rate ?? 0) + (second.rate ?? 0);
    },
    words: rate,
    more: (sample) => [
      pair(sample)
        .map(({ total }) => decimalSize(total))
        .join(" / "),
    ],
    ...flowSize,
  };
}

const pids: Measure = {
  label: "pids",
  value: (sample) => sample.pids,
  words: String,
  more: ({ pidsLimit }) => (pidsLimit === undefined ? [] : [`of ${pidsLimit}`]),
  ...{ least: 5, rows: 2, weight: 1 },
};
