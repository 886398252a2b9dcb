/**
 * The layers of `npm test`: what each proves is in CONTRIBUTING.md. Those of
 * Rust and those of Node run at the same time, because each keeps little more
 * than one processor busy. The short layers of Node come last, so that both lanes
 * end at about the same time.
 */
import path from "node:path";
import { describeProgress, runCargo } from "./cargoProgress.mjs";
import { attempt } from "./command.mjs";
import { inRoot } from "./paths.mjs";
import { ensureWasmBindgen, wasmTarget } from "./rust.mjs";
import { moduleFolder } from "./targetCache.mjs";
import { countRustTests, countVitestTests } from "./testCounts.mjs";

/** @typedef {import("./testCounts.mjs").Counts} Counts */
/** @typedef {import("./lanes.mjs").Layer} Layer */
/** @typedef {import("./lanes.mjs").Log} Log */

/**
 * A program's end: why it failed, or `null`, and what it printed.
 *
 * @typedef {{ output: string, failure: Error | null }} Ended
 */

/** @typedef {(log: Log) => Promise<Ended>} Command */

/** @type {readonly Layer[]} */
export const layers = [
  {
    name: "rustfmt",
    heading: "Formatting of Rust",
    lane: "rust",
    run: check(cargo("fmt", "--check")),
  },
  {
    name: "clippy",
    heading: "Clippy",
    lane: "rust",
    run: check(
      cargo("clippy", "--workspace", "--all-targets", "--", "-D", "warnings"),
    ),
  },
  {
    name: "core",
    heading: "Rust core, natively",
    lane: "rust",
    run: counted(cargo("test"), countRustTests),
  },
  {
    name: "wasm",
    heading: "Rust core, in WebAssembly under Node",
    lane: "rust",
    needs: "build",
    run: counted(runWasmTests, countRustTests),
  },
  {
    name: "build",
    heading: "WebAssembly core and TypeScript build",
    lane: "node",
    run: check(runBuild),
  },
  {
    name: "codegen",
    heading: "Generated code is up to date",
    lane: "node",
    isMovable: true,
    needs: "build",
    run: check(node("scripts/codegen.mjs", "--check")),
  },
  {
    name: "unit",
    heading: "Component, app, client, server, scripts, architecture (Vitest)",
    lane: "node",
    isMovable: true,
    needs: "build",
    run: counted(
      vitest(
        ...["component", "app", "loading", "client", "devserver"],
        ...["architecture", "scripts"],
      ),
      countVitestTests,
    ),
  },
  {
    name: "package",
    heading: "The package as it is published",
    lane: "node",
    isMovable: true,
    needs: "build",
    run: counted(vitest("package"), countVitestTests),
  },
  {
    name: "e2e",
    heading: "The example in Chromium",
    lane: "node",
    isMovable: true,
    needs: "build",
    run: counted(runBrowserTests, countVitestTests),
  },
  {
    name: "lint",
    heading: "ESLint",
    lane: "node",
    isMovable: true,
    needs: "build",
    run: check(node("node_modules/eslint/bin/eslint.js", ".")),
  },
  {
    name: "types",
    heading: "TypeScript types",
    lane: "node",
    isMovable: true,
    needs: "build",
    run: check(
      node("node_modules/typescript/bin/tsc", "--noEmit"),
      node(
        "node_modules/typescript/bin/tsc",
        ...["--noEmit", "--project", "scripts"],
      ),
    ),
  },
  {
    name: "format",
    heading: "Formatting of everything else",
    lane: "node",
    isMovable: true,
    run: check(node("node_modules/prettier/bin/prettier.cjs", "--check", ".")),
  },
];

/**
 * @param {string} script Path of a Node program from the root.
 * @param {...string} args Its arguments.
 * @returns {Command} Runs it.
 */
function node(script, ...args) {
  return ({ write }) =>
    attempt(process.execPath, [inRoot(script), ...args], { write });
}

/**
 * @param {...string} args The arguments of cargo.
 * @returns {Command} Runs it.
 */
function cargo(...args) {
  return (log) => runCargoInLayer(log, args);
}

/**
 * @param {Log} log
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<Ended>}
 */
function runCargoInLayer({ write, status }, args, env) {
  return runCargo({
    args,
    env,
    write,
    onProgress: (progress) =>
      status(`compiling, ${describeProgress(progress)}`),
  });
}

/**
 * @param {...string} projects Names of projects in `vitest.config.ts`.
 * @returns {Command} Runs their tests once.
 */
function vitest(...projects) {
  const named = projects.flatMap((name) => ["--project", name]);
  return node("node_modules/vitest/vitest.mjs", "run", ...named);
}

/**
 * A layer whose every command is one test: it passes or fails as a whole.
 *
 * @param {...Command} commands
 * @returns {Layer["run"]}
 */
function check(...commands) {
  return async (log) => {
    const counts = { passed: 0, failed: 0 };
    for (const command of commands) {
      const { failure } = await command(log);
      if (failure === null) {
        counts.passed += 1;
      } else {
        counts.failed += 1;
        log.write(`${failure.message}\n`);
      }
    }
    return counts;
  };
}

/**
 * A layer that runs a test runner and counts its tests. A run that fails
 * without a failed test (a file that does not load, for example), and one
 * without any test, count as one failure.
 *
 * @param {Command} command
 * @param {(output: string) => Counts} count
 * @returns {Layer["run"]}
 */
function counted(command, count) {
  return async (log) => {
    const { output, failure } = await command(log);
    const counts = count(output);
    if (counts.failed === 0 && (failure !== null || counts.passed === 0)) {
      log.write(`${failure?.message ?? "no test was run"}\n`);
      counts.failed = 1;
    }
    return counts;
  };
}

/**
 * Builds the package. wasm-bindgen comes first, and from this process: the tests
 * in WebAssembly need it, too, and the two lanes must not compile it twice.
 *
 * @param {Log} log
 * @returns {Promise<Ended>}
 */
async function runBuild(log) {
  await ensureWasmBindgen(log);
  return node("scripts/build.mjs")(log);
}

/**
 * Runs the integration tests inside WebAssembly, by wasm-bindgen's test runner,
 * compiled as the modules are: with the core and the dependencies that the build
 * has compiled.
 *
 * @param {Log} log
 * @returns {Promise<Ended>}
 */
async function runWasmTests(log) {
  const tools = await ensureWasmBindgen(log);
  const runner = path.join(tools, "wasm-bindgen-test-runner");
  // The runner starts `node`.
  const searchPath = [path.dirname(process.execPath), process.env.PATH];
  return runCargoInLayer(
    log,
    [
      ...["test", "--release", "--target", wasmTarget],
      ...["--target-dir", moduleFolder(), "--test", "core"],
    ],
    {
      CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER: runner,
      PATH: searchPath.join(path.delimiter),
    },
  );
}

/**
 * Runs the tests that drive the example in the system's browser.
 *
 * @param {Log} log
 * @returns {Promise<Ended>}
 */
async function runBrowserTests(log) {
  const { ensureChromium } = await import("../chromium.mjs");
  process.env.CHROMIUM_PATH = await ensureChromium();
  return vitest("e2e")(log);
}
