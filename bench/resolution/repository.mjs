/**
 * Where the repository is, seen from `bench/`. Everything that is measured
 * resolves `convex` and `convex-gatehouse` from there, so that all entries,
 * ours and the peers', are bundled with one and the same copy of Convex.
 */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The root folder of the repository, as a path that ends in a slash. */
export const repositoryRoot = fileURLToPath(new URL("../../", import.meta.url));

/** This folder, `bench/`, as a path that ends in a slash. */
export const benchRoot = fileURLToPath(new URL("../", import.meta.url));

/**
 * Import specifiers that are looked up from the repository's root whoever
 * imports them: `bench/` has its own `package.json`, so neither the package's
 * self-reference nor the repository's copy of Convex is visible from here.
 */
export const resolvedFromRepository =
  /^(convex|convex-gatehouse|convex-test)(\/|$)/;

/** Those of them that are this package's own. */
export const ownPackage = /^convex-gatehouse(\/|$)/;

/**
 * @param {string} root The root of a checkout of this repository; ends in a
 *   slash.
 * @returns {boolean} Whether there is a build in it.
 */
export function isBuilt(root) {
  return existsSync(`${root}dist/component/schema.js`);
}
