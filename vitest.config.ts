import { defineConfig } from "vitest/config";

/** One project per level; which level needs what is said in test/README.md. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: [
            "{components,operate,rehearsal,toolchain}/**/*.test.ts",
            "test/unit/**/*.test.ts",
            "test/tidy.test.ts",
          ],
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
    ],
  },
});
