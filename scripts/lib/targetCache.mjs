/**
 * The compiled dependencies of the core, shared between clones: a clone that is
 * new takes them from the user's cache when it has the same lock file.
 *
 * cargo's target folder stays in the clone. One that several clones share would
 * let one of them wait for the other, and cargo, which compares times and not
 * contents, would take the crate that another clone has compiled for this one's.
 *
 * Only Node's built-in modules are imported, because `npm start` and
 * `npm test` run before the packages are installed.
 */
import { existsSync } from "node:fs";
import path from "node:path";
import { restoreFromCache, saveToCache } from "./buildCache.mjs";
import { inRoot } from "./paths.mjs";
import { hashOf } from "./stamp.mjs";

/**
 * The folder in which cargo compiles.
 *
 * @returns {string} Its absolute path: `$CARGO_TARGET_DIR`, else `target/`.
 */
export function targetFolder() {
  const chosen = process.env.CARGO_TARGET_DIR;
  return chosen ? path.resolve(chosen) : inRoot("target");
}

/**
 * Where the WebAssembly modules are compiled, in the target folder. It is apart from
 * where native tests are, because cargo lets one build at a time into a folder.
 */
export const moduleProfiles = "modules";

/**
 * The folder in which cargo compiles the WebAssembly modules, and the tests that run
 * in WebAssembly with the same dependencies.
 *
 * @returns {string} Its absolute path.
 */
export function moduleFolder() {
  return path.join(targetFolder(), moduleProfiles);
}

/**
 * Fills the missing ones among some folders in cargo's target folder from the
 * cache.
 *
 * @param {readonly string[]} profiles Paths in the target folder, such as
 *   `debug` or `wasm32-unknown-unknown/release`.
 * @returns {() => void} Saves those that the cache did not have. To be called
 *   when everything that is compiled into them has been compiled.
 */
export function shareDependencies(profiles) {
  const hash = hashOf(
    ["Cargo.toml", "Cargo.lock", "rust-toolchain.toml", ".cargo/config.toml"],
    [process.platform, process.arch],
  );
  // A folder that existed before can hold what another lock file asked for.
  const made = profiles.filter((profile) => {
    const folder = path.join(targetFolder(), profile);
    return (
      !existsSync(folder) && !restoreFromCache(kindOf(profile), hash, folder)
    );
  });
  return () => {
    for (const profile of made) {
      const folder = path.join(targetFolder(), profile);
      if (existsSync(folder)) {
        saveToCache(kindOf(profile), hash, folder, isDependency);
      }
    }
  };
}

const kindOf = (/** @type {string} */ profile) =>
  `target-${profile.replaceAll("/", "-")}`;

/** Files of this repository's crates, and of `tests/core`. */
const ownFile = /^(?:lib)?(?:gatehouse|core)[-_.]/;

/**
 * Tells the files of dependencies in a profile's folder from those of this
 * repository.
 *
 * @param {string} relativePath
 * @returns {boolean}
 */
export function isDependency(relativePath) {
  const [folder = "", name = ""] = relativePath.split("/");
  return (
    [".fingerprint", "build", "deps"].includes(folder) && !ownFile.test(name)
  );
}
