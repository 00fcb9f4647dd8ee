import { createHash } from "node:crypto";
import { list, number, record, text } from "../raw.ts";

/** A layer as an image holds it: everything below it belongs to what it is, so that equal keys share their bytes. */
export type Layer = { key: string; size: number };

/** What an image is made of. */
export type Layers = {
  /** From the base up. */
  chain: readonly Layer[];
  /** False when the engine does not tell which of its layers holds how much; their sum is right all the same. */
  exact: boolean;
  /** Built by BuildKit, whose cache may hold the same bytes. */
  buildKit: boolean;
};

/**
 * The layers of an image from its inspect and its history. Layer keys are chain ids as the OCI image specification
 * has them; sizes are those of the history's entries that made a layer, in order.
 */
export function toLayers(inspect: unknown, history: unknown): Layers {
  const diffs = list(record(record(inspect).RootFS).Layers).map(text);
  const entries = list(history).map(record).reverse();
  const sizes = layerSizes(entries, diffs.length);
  const { keys } = diffs.reduce<{ keys: string[]; last: string }>(
    ({ keys, last }, diff) => {
      const key = last === "" ? diff : chainId(last, diff);
      return { keys: [...keys, key], last: key };
    },
    { keys: [], last: "" },
  );
  return {
    chain: keys.map((key, at) => ({ key, size: sizes.values[at] ?? 0 })),
    exact: sizes.exact,
    buildKit: entries.some(({ Comment }) => text(Comment).startsWith("buildkit")),
  };
}

/**
 * The layers of an image of that size in containerd's store, which keeps each twice: packed, as it was pulled, and
 * unpacked, as the history tells it. How much the packed one of each takes nobody tells, only all of them together.
 */
export function withPacked(layers: Layers, imageSize: number): Layers {
  const unpacked = layers.chain.reduce((sum, { size }) => sum + size, 0);
  const times = unpacked === 0 ? 1 : Math.max(1, imageSize / unpacked);
  return { ...layers, chain: layers.chain.map(({ key, size }) => ({ key, size: Math.round(size * times) })) };
}

function chainId(below: string, diff: string): string {
  return `sha256:${createHash("sha256").update(`${below} ${diff}`).digest("hex")}`;
}

/** Instructions that make a layer even when it holds nothing: `RUN true`, a `WORKDIR` that makes its folder. */
const makesLayer =
  /^(RUN |COPY |ADD |WORKDIR |\/bin\/sh -c (?!#\(nop\))|\/bin\/sh -c #\(nop\) +(WORKDIR|COPY|ADD) )/;

/** The sizes of `count` layers, from the base up: the history has entries without a layer too (ENV, CMD). */
function layerSizes(
  entries: readonly Readonly<Record<string, unknown>>[],
  count: number,
): { values: readonly number[]; exact: boolean } {
  const size = (entry: Readonly<Record<string, unknown>>) => number(entry.Size);
  const full = entries.filter((entry) => size(entry) > 0);
  if (full.length === count) return { values: full.map(size), exact: true };
  const made = entries.filter((entry) => size(entry) > 0 || makesLayer.test(text(entry.CreatedBy)));
  if (made.length === count) return { values: made.map(size), exact: true };
  return { values: full.map(size), exact: full.length === 0 };
}
