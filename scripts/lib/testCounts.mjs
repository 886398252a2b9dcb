/**
 * Reading how many tests passed and failed from what a test runner printed.
 */
import { stripVTControlCharacters } from "node:util";

/**
 * @typedef {{ passed: number, failed: number }} Counts
 */

/**
 * Adds up the summary lines of `cargo test` and of wasm-bindgen's test runner:
 * one for each test program.
 *
 * @param {string} output What the runner printed.
 * @returns {Counts}
 */
export function countRustTests(output) {
  const counts = { passed: 0, failed: 0 };
  const summary = /test result: \w+\. (\d+) passed; (\d+) failed/g;
  for (const match of stripVTControlCharacters(output).matchAll(summary)) {
    counts.passed += Number(match[1]);
    counts.failed += Number(match[2]);
  }
  return counts;
}

/**
 * Reads Vitest's summary line `Tests  1 failed | 2 passed (3)`.
 *
 * @param {string} output What Vitest printed.
 * @returns {Counts}
 */
export function countVitestTests(output) {
  const line =
    /^\s*Tests\s+(.*)$/m.exec(stripVTControlCharacters(output))?.[1] ?? "";
  const count = (/** @type {RegExp} */ pattern) =>
    Number(pattern.exec(line)?.[1] ?? 0);
  return { passed: count(/(\d+) passed/), failed: count(/(\d+) failed/) };
}
