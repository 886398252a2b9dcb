/** Evaluating JavaScript that a script has bundled in memory. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { inRoot } from "./paths.mjs";

/**
 * Evaluates an ECMAScript module given as text. It can import the packages
 * that this repository has installed.
 *
 * @param {string} source The module's text.
 * @param {string} name What the module is called in stack traces.
 * @returns {Promise<any>} The module's namespace.
 */
export async function importSource(source, name) {
  const cache = inRoot("node_modules", ".cache", "gatehouse");
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(path.join(cache, `${name}-`));
  try {
    const file = path.join(folder, `${name}.mjs`);
    writeFileSync(file, source);
    return await import(pathToFileURL(file).href);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * The text that esbuild made in memory from one entry point.
 *
 * @param {{ outputFiles?: readonly { text: string }[] }} result What esbuild
 *   returned.
 * @returns {string}
 */
export function outputText(result) {
  const [file] = result.outputFiles ?? [];
  if (file === undefined) throw new Error("esbuild made no output");
  return file.text;
}
