import { defineConfig } from "vitest/config";

/** A scenario deploys real containers, some several times; the longest of its steps waits for a
 *  mirror to form on a machine that does other things too. */
const scenarioBudgetMs = 20 * 60_000;

/** One project per level; which level needs what is said in test/README.md. */
export default defineConfig({
  test: {
    // Many tests wait for a process or a socket: more files at once than there are processors.
    maxWorkers: 4,
    projects: [
      {
        test: {
          name: "unit",
          include: [
            "{components,operate,rehearsal,toolchain}/**/*.test.ts",
            "test/{bench,engine,grammar}/**/*.test.ts",
            "test/tidy.test.ts",
          ],
          // No file leaves anything behind in a module, so none needs a world of its own.
          isolate: false,
          // Properties and child processes take their time on a machine that does other things too.
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: "components",
          include: ["test/components/**/*.test.ts"],
          env: { PULUMI_ERROR_OUTPUT_STRING: "1" },
          // The first import of Pulumi's SDK takes seconds on a busy machine.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "scenarios",
          include: ["test/scenarios/**/*.test.ts"],
          globalSetup: ["test/support/shared-stack.ts"],
          testTimeout: scenarioBudgetMs,
          hookTimeout: scenarioBudgetMs,
          // One Docker engine, two processors: two scenarios at once would wait for each other.
          fileParallelism: false,
        },
      },
      {
        test: {
          name: "drills",
          include: ["test/drills/**/*.test.ts"],
          globalSetup: ["test/drills/stacks.ts"],
          testTimeout: scenarioBudgetMs,
          hookTimeout: scenarioBudgetMs,
          fileParallelism: false,
        },
      },
    ],
  },
});
