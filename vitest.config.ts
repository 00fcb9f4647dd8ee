import { defineConfig } from "vitest/config";

// Where .ci/run wants the results as JSON, besides what is printed.
const report = process.env.DOCKUI_TEST_REPORT;

const outside = ["test/engine/**/*.test.{ts,tsx}", "test/terminal/**/*.test.{ts,tsx}"];

export default defineConfig({
  define: { "process.env.NODE_ENV": '"production"' },
  // React in production has no jsxDEV.
  oxc: { jsx: { development: false } },
  test: {
    reporters: report ? ["default", ["json", { outputFile: report }]] : ["default"],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    env: { NODE_ENV: "production", FORCE_COLOR: "1" },
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["test/**/*.test.{ts,tsx}"],
          exclude: outside,
          pool: "threads",
          isolate: false,
        },
      },
      {
        // Real processes: a Docker Engine for all of them, one file at a time, and forks since a pty needs a process.
        extends: true,
        test: {
          name: "engine",
          include: outside,
          globalSetup: "test/engine/global-setup.ts",
          pool: "forks",
          fileParallelism: false,
        },
      },
    ],
  },
});
