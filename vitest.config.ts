import { defineConfig } from "vitest/config";

// The folder in which .ci/run wants the results as JSON, besides what is printed.
const reports = process.env.DOCKUI_TEST_REPORTS;
const outputFile = `${reports}/${process.env.DOCKUI_TEST_NAME ?? "tests"}.json`;

import { patienceMs } from "./test/patience.ts";

/** How many private engines the engine tests are spread over. */
const engines = 3;

const outside = ["test/engine/**/*.test.{ts,tsx}", "test/terminal/**/*.test.{ts,tsx}"];

export default defineConfig({
  define: { "process.env.NODE_ENV": '"production"' },
  // React in production has no jsxDEV.
  oxc: { jsx: { development: false } },
  // As the bundle has it (scripts/build.ts): measuring text would else be a third of what a screen test costs.
  resolve: { alias: { "string-width": "fast-string-width" } },
  test: {
    reporters: reports ? ["default", ["json", { outputFile }]] : ["default"],
    // How long a test waits says nothing of how fast dockui is, only when to give up on a busy machine.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: patienceMs } },
    env: { NODE_ENV: "production", FORCE_COLOR: "1" },
    server: {
      deps: {
        inline: ["ink", "@alcalzone/ansi-tokenize", "slice-ansi", "wrap-ansi", "cli-truncate", "widest-line"],
      },
    },
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["test/**/*.test.{ts,tsx}"],
          exclude: outside,
          pool: "threads",
          isolate: false,
          // Many screen tests wait for a second to pass: two cores have time for three.
          maxWorkers: 3,
          sequence: { groupOrder: 0 },
        },
      },
      {
        // Real processes: a Docker Engine for each worker (engine-test.ts), and forks since a pty needs a process.
        extends: true,
        test: {
          name: "engine",
          include: outside,
          globalSetup: "test/engine/global-setup.ts",
          pool: "forks",
          maxWorkers: engines,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
