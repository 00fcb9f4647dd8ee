import { createHash, randomBytes } from "node:crypto";

/** The 64 hex digits which stand for `key` in the world of `seed`: same input, same id. */
export const idOf = (seed: number, key: string): string =>
  createHash("sha256").update(`${seed}/${key}`).digest("hex");

/** A number in [0, 1) which belongs to `key` in the world of `seed`. */
export const fractionOf = (seed: number, key: string): number =>
  Number.parseInt(idOf(seed, key).slice(0, 8), 16) / 2 ** 32;

/** A cheap number in [0, 1) for the pair (`index`, `salt`); good enough to vary made-up log lines. */
export function scatter(index: number, salt: number): number {
  let mixed = (Math.imul(index, 0x9e3779b1) ^ Math.imul(salt + 1, 0x85ebca6b)) >>> 0;
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d) >>> 0;
  mixed = Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39) >>> 0;
  return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
}

/** A fresh 64 hex id for something made after the world began. */
export const freshId = (): string => randomBytes(32).toString("hex");
