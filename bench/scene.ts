import type { PrivateEngine } from "../test/engine/private-engine.ts";
import type { Launch } from "./program.ts";

/** What a scene is played with. */
export type Stage = {
  /** A private engine with fifty running containers. */
  engine: PrivateEngine;
  /** The program looking at that engine. */
  onEngine: Launch;
  /** The program with five thousand simulated containers; undefined for a program that has no such mode. */
  onDemo: Launch | undefined;
  /** Fewer and shorter samples. */
  quick: boolean;
};
