/**
 * The WebAssembly modules of the core, as they were built: whatever is in
 * `pkg/`, so that a new one is measured, too.
 */
import { existsSync, readdirSync } from "node:fs";
import { repositoryRoot } from "./resolution/repository.mjs";

const folder = `${repositoryRoot}pkg/`;
const ending = "_bg.wasm";

/** @returns {{ name: string, file: string }[]} In the order of their names. */
export function builtModules() {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith(ending))
    .sort()
    .map((file) => ({
      name: file.slice(0, -ending.length),
      file: `${folder}${file}`,
    }));
}
