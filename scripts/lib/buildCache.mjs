/**
 * What was built once and can be used by other clones of the repository:
 * folders in the user's cache, each found by the hash of what it was made from.
 *
 * Only Node's built-in modules are imported, because `npm start` and
 * `npm test` run before the packages are installed.
 */
import {
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from "node:fs";
import path from "node:path";
import { cacheFolder } from "./paths.mjs";

const day = 24 * 60 * 60 * 1000;

/** An entry that was not used for this long is removed, in milliseconds. */
const maximumAge = 30 * day;

/** How many entries of a kind are kept: the ones that were used last. */
const maximumEntries = 4;

/**
 * Copies an entry of the cache to where it is used.
 *
 * @param {string} kind What the entry is, such as `pkg`: the name of a folder.
 * @param {string} hash The hash of what it was made from.
 * @param {string} folder Absolute path of the folder to fill.
 * @returns {boolean} Whether there was such an entry.
 */
export function restoreFromCache(kind, hash, folder) {
  const entry = path.join(cacheFolder(), kind, hash);
  if (!existsSync(entry)) return false;
  markUsed(entry);
  copy(entry, folder, () => true);
  return true;
}

/**
 * Copies a folder into the cache, unless the entry exists, and removes entries
 * that have become old. When that is not possible, because the disk is full for
 * example, it says so: nothing depends on an entry.
 *
 * @param {string} kind What the entry is, such as `pkg`.
 * @param {string} hash The hash of what it was made from.
 * @param {string} folder Absolute path of the folder.
 * @param {(relativePath: string) => boolean} [accept] Which files and folders to
 *   copy, by their path in the folder with `/` between its parts.
 */
export function saveToCache(kind, hash, folder, accept = () => true) {
  const kindFolder = path.join(cacheFolder(), kind);
  const entry = path.join(kindFolder, hash);
  // Under its own name only when it is complete. Another process may do the same
  // at the same time.
  const unfinished = `${entry}.${process.pid}.unfinished`;
  try {
    if (!existsSync(entry)) {
      copy(folder, unfinished, accept);
      renameSync(unfinished, entry);
    }
    markUsed(entry);
    evict(kindFolder, Date.now());
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (existsSync(entry)) return;
    const reason = error instanceof Error ? error.message : String(error);
    console.warn(`${kind} could not be saved in ${kindFolder}: ${reason}`);
  }
}

/**
 * Removes the entries that were not used for 30 days, and all but the four that
 * were used last.
 *
 * @param {string} kindFolder Absolute path of the folder that holds the entries.
 * @param {number} now The time, in milliseconds since 1970.
 */
export function evict(kindFolder, now) {
  const entries = readdirSync(kindFolder)
    .map((name) => {
      const entry = path.join(kindFolder, name);
      return { entry, used: statSync(entry).mtimeMs };
    })
    .sort((a, b) => b.used - a.used);
  for (const [index, { entry, used }] of entries.entries()) {
    if (index >= maximumEntries || now - used > maximumAge) {
      rmSync(entry, { recursive: true, force: true });
    }
  }
}

/**
 * Copies a folder's content. Times are kept, because cargo compares them.
 *
 * @param {string} from Absolute path of the folder.
 * @param {string} to Absolute path of the copy.
 * @param {(relativePath: string) => boolean} accept
 */
function copy(from, to, accept) {
  mkdirSync(to, { recursive: true });
  cpSync(from, to, {
    recursive: true,
    preserveTimestamps: true,
    mode: constants.COPYFILE_FICLONE,
    filter: (source) => {
      const relative = path.relative(from, source).split(path.sep).join("/");
      return relative === "" || accept(relative);
    },
  });
}

/**
 * Notes in the time of its folder that an entry is in use.
 *
 * @param {string} entry Absolute path of the entry.
 */
export function markUsed(entry) {
  const now = new Date();
  utimesSync(entry, now, now);
}
