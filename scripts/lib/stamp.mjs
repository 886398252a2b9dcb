/**
 * Skipping work whose inputs have not changed: a stamp file next to the output
 * holds a hash of everything the output was made from.
 *
 * Only Node's built-in modules are imported, because `npm start` and
 * `npm test` run before the packages are installed.
 */
import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { readdirSync } from "node:fs";
import path from "node:path";
import { inRoot, root } from "./paths.mjs";

/**
 * Lists the files below a path.
 *
 * @param {string} start Absolute path of a file or folder; it may be missing.
 * @param {(relativePath: string) => boolean} [accept] Which files to list, by
 *   their path from the repository's root with `/` between its parts.
 * @returns {string[]} Paths from the root, sorted.
 */
export function filesBelow(start, accept = () => true) {
  if (!existsSync(start)) return [];
  if (!statSync(start).isDirectory()) return [relative(start)].filter(accept);
  return readdirSync(start, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(path.join(entry.parentPath, entry.name)))
    .filter(accept)
    .sort();
}

const relative = (/** @type {string} */ file) =>
  path.relative(root, file).split(path.sep).join("/");

/**
 * Hashes the names and contents of files.
 *
 * @param {readonly string[]} files Paths from the repository's root.
 * @param {readonly string[]} [extra] Further text the output depends on, such
 *   as the version of a tool.
 * @returns {string} SHA-256 in hexadecimal.
 */
export function hashOf(files, extra = []) {
  const hash = createHash("sha256");
  for (const text of extra) hash.update(`${text}\0`);
  for (const file of files) {
    const content = readFileSync(inRoot(file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

/**
 * Tells whether outputs are up to date.
 *
 * @param {string} stampFile Absolute path of the stamp.
 * @param {string} hash What {@link hashOf} gives for the inputs now.
 * @param {readonly string[]} outputs Absolute paths that must exist, too.
 * @returns {boolean} Whether the work can be skipped.
 */
export function isUpToDate(stampFile, hash, outputs) {
  return (
    existsSync(stampFile) &&
    readFileSync(stampFile, "utf8").trim() === hash &&
    outputs.every((file) => existsSync(file))
  );
}

/**
 * Records that outputs were made from inputs with this hash.
 *
 * @param {string} stampFile Absolute path of the stamp.
 * @param {string} hash The hash of the inputs.
 */
export function writeStamp(stampFile, hash) {
  writeFileSync(stampFile, `${hash}\n`);
}
