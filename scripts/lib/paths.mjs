/**
 * Where things are in this repository and in the user's cache.
 *
 * Only Node's built-in modules are imported, because `npm start` and
 * `npm test` run before the packages are installed.
 */
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** Absolute path of the repository's root folder. */
export const root = path.resolve(
  path.dirname(fileURLToPath(import.meta.url)),
  "../..",
);

/**
 * Resolves a path inside the repository.
 *
 * @param {...string} parts Path parts, relative to the root.
 * @returns {string} The absolute path.
 */
export const inRoot = (...parts) => path.join(root, ...parts);

/** The WebAssembly modules of the package, each named like the end of its crate. */
export const wasmModules = /** @type {const} */ (["access", "accounts"]);

/**
 * The folder that keeps compiled command-line tools and downloads which
 * several clones of the repository can share: `$GATEHOUSE_CACHE`, else
 * `$XDG_CACHE_HOME/gatehouse`, else `~/.cache/gatehouse`. When the home folder
 * does not exist (as in some containers), it is `.tools/` in the clone.
 *
 * @returns {string} The absolute path; the folder may not exist yet.
 */
export function cacheFolder() {
  if (process.env.GATEHOUSE_CACHE) {
    return path.resolve(process.env.GATEHOUSE_CACHE);
  }
  if (process.env.XDG_CACHE_HOME) {
    return path.join(process.env.XDG_CACHE_HOME, "gatehouse");
  }
  const home = homedir();
  return home !== "" && existsSync(home)
    ? path.join(home, ".cache", "gatehouse")
    : inRoot(".tools");
}
