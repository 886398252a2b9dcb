/**
 * The layers of `npm test`, in the order they run: what each proves is in
 * CONTRIBUTING.md.
 */
import path from "node:path";
import { attempt } from "./command.mjs";
import { cacheFolder, inRoot } from "./paths.mjs";
import { ensureWasmBindgen, ensureWasmPack, wasmTarget } from "./rust.mjs";
import { countRustTests, countVitestTests } from "./testCounts.mjs";

/** @typedef {import("./testCounts.mjs").Counts} Counts */

/**
 * @typedef {object} Layer
 * @property {string} name How `npm run test:<name>` calls it.
 * @property {string} heading What is printed above it.
 * @property {() => Promise<Counts>} run Runs it; its failures are counted, not
 *   thrown.
 */

/** @type {readonly Layer[]} */
export const layers = [
  check("build", "WebAssembly core and TypeScript build", [
    node("scripts/build.mjs"),
  ]),
  check("codegen", "Generated code is up to date", [
    node("scripts/codegen.mjs", "--check"),
  ]),
  check("format", "Formatting", [
    node("node_modules/prettier/bin/prettier.cjs", "--check", "."),
    ["cargo", "fmt", "--check"],
  ]),
  check("lint", "ESLint and Clippy", [
    node("node_modules/eslint/bin/eslint.js", "."),
    ["cargo", "clippy", "--all-targets", "--", "-D", "warnings"],
    [
      ...["cargo", "clippy", "--lib", "--target", wasmTarget],
      ...["--", "-D", "warnings"],
    ],
  ]),
  check("types", "TypeScript types", [
    node("node_modules/typescript/bin/tsc", "--noEmit"),
    node("node_modules/typescript/bin/tsc", "--noEmit", "--project", "scripts"),
  ]),
  {
    name: "core",
    heading: "Rust core, natively",
    run: () => counted(["cargo", "test"], countRustTests),
  },
  {
    name: "wasm",
    heading: "Rust core, in WebAssembly under Node",
    run: runWasmTests,
  },
  {
    name: "unit",
    heading: "Component, app, client, server and architecture (Vitest)",
    run: () =>
      counted(
        vitest("component", "app", "client", "devserver", "architecture"),
        countVitestTests,
      ),
  },
  {
    name: "package",
    heading: "The package as it is published",
    run: () => counted(vitest("package"), countVitestTests),
  },
  {
    name: "e2e",
    heading: "The example in Chromium",
    run: runBrowserTests,
  },
];

/**
 * @param {string} script Path of a Node program from the root.
 * @param {...string} args Its arguments.
 * @returns {string[]} The command that runs it.
 */
function node(script, ...args) {
  return [process.execPath, inRoot(script), ...args];
}

/**
 * @param {...string} projects Names of projects in `vitest.config.ts`.
 * @returns {string[]} The command that runs their tests once.
 */
function vitest(...projects) {
  return node(
    "node_modules/vitest/vitest.mjs",
    ...["run", ...projects.flatMap((name) => ["--project", name])],
  );
}

/**
 * A layer whose every command is one test: it passes or fails as a whole.
 *
 * @param {string} name
 * @param {string} heading
 * @param {readonly string[][]} commands
 * @returns {Layer}
 */
function check(name, heading, commands) {
  return {
    name,
    heading,
    run: async () => {
      const counts = { passed: 0, failed: 0 };
      for (const [program = "", ...args] of commands) {
        const { failure } = await attempt(program, args);
        if (failure === null) {
          counts.passed += 1;
        } else {
          counts.failed += 1;
          console.error(failure.message);
        }
      }
      return counts;
    },
  };
}

/**
 * Runs a test runner and counts its tests. A run that fails without a failed
 * test (a file that does not load, for example), and one without any test,
 * count as one failure.
 *
 * @param {readonly string[]} command
 * @param {(output: string) => Counts} count
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<Counts>}
 */
async function counted([program = "", ...args], count, env = {}) {
  const { output, failure } = await attempt(program, args, {
    ...{ capture: true, env },
  });
  const counts = count(output);
  if (counts.failed === 0 && (failure !== null || counts.passed === 0)) {
    console.error(failure?.message ?? `${program} ran no test`);
    counts.failed = 1;
  }
  return counts;
}

/**
 * Runs the core's tests inside WebAssembly. wasm-pack looks for
 * wasm-bindgen's programs on the PATH, and must not download them.
 */
async function runWasmTests() {
  const folders = [await ensureWasmPack(), await ensureWasmBindgen()];
  const searchPath = [...folders, process.env.PATH].join(path.delimiter);
  return counted(
    ["wasm-pack", "test", "--node", "--mode", "no-install"],
    countRustTests,
    {
      PATH: searchPath,
      WASM_PACK_CACHE: path.join(cacheFolder(), "wasm-pack"),
    },
  );
}

/** Runs the tests that drive the example in the system's browser. */
async function runBrowserTests() {
  const { ensureChromium } = await import("../chromium.mjs");
  let chromium;
  try {
    chromium = await ensureChromium();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return { passed: 0, failed: 1 };
  }
  return counted(vitest("e2e"), countVitestTests, { CHROMIUM_PATH: chromium });
}
