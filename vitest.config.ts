import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/** Tests that watch modules being loaded, and so need modules of their own. */
const loadingTests = ["tests/app/lazyCore.test.ts"];

/**
 * The environments the tests run in, one project for each. `npm test` runs
 * them all; `npx vitest run --project component` runs one.
 *
 * The files of `component` and `app` share their modules, because loading and
 * compiling the WebAssembly anew takes as long as most of their tests. Nothing
 * there is kept in a module but that.
 */
export default defineConfig({
  test: {
    // Vitest leaves one processor to itself, which is half of a small machine.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        test: {
          name: "component",
          include: ["tests/component/**/*.test.ts"],
          exclude: loadingTests,
          isolate: false,
          environment: "edge-runtime",
          // Thousands of rows take their time on a busy machine.
          testTimeout: 60_000,
          server: { deps: { inline: ["convex-test"] } },
        },
      },
      {
        test: {
          name: "app",
          include: ["tests/app/**/*.test.ts"],
          exclude: loadingTests,
          isolate: false,
          environment: "edge-runtime",
          // Thousands of rows take their time on a busy machine.
          testTimeout: 60_000,
          server: { deps: { inline: ["convex-test"] } },
        },
      },
      {
        test: {
          name: "loading",
          include: loadingTests,
          environment: "edge-runtime",
          testTimeout: 60_000,
          server: { deps: { inline: ["convex-test"] } },
        },
      },
      {
        test: {
          name: "client",
          include: ["tests/client/**/*.test.{ts,tsx}"],
          environment: "happy-dom",
        },
      },
      {
        test: {
          name: "devserver",
          include: ["tests/devserver/**/*.test.ts"],
          environment: "node",
        },
      },
      {
        test: {
          name: "architecture",
          include: ["tests/architecture/**/*.test.ts"],
          environment: "node",
          // The compiler reads every file of the repository.
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: "scripts",
          include: ["tests/scripts/**/*.test.ts"],
          environment: "node",
        },
      },
      {
        // A browser drives the running example: `npm run test:e2e`.
        test: {
          name: "e2e",
          include: ["tests/e2e/**/*.test.ts"],
          globalSetup: "tests/e2e/support/appAndBrowserOnce.ts",
          environment: "node",
          // They share a browser; one more file fills the time in which another
          // waits, for a new code of an authenticator app for example.
          maxWorkers: 2,
          // A step gives up by itself, and says which one it is.
          testTimeout: 600_000,
          hookTimeout: 180_000,
          expect: { poll: { timeout: 60_000 } },
        },
      },
      {
        // The package is built and packed first: `npm run test:package`.
        test: {
          name: "package",
          include: ["tests/package/**/*.test.ts"],
          globalSetup: "tests/package/packOnce.ts",
          environment: "node",
          testTimeout: 120_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
