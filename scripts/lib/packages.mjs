/**
 * The npm packages of this repository: installing them when that is needed.
 *
 * Only Node's built-in modules are imported, because this runs first.
 */
import { existsSync } from "node:fs";
import { run } from "./command.mjs";
import { inRoot } from "./paths.mjs";
import { hashOf, isUpToDate, writeStamp } from "./stamp.mjs";

const stampFile = inRoot("node_modules", ".gatehouse-stamp");

/**
 * Refuses versions of Node that the tools do not run on.
 *
 * @throws {Error} When Node is older than 20.19.
 */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new Error(
      `Node ${process.versions.node} is too old: 20.19 or newer is needed.`,
    );
  }
}

/**
 * Installs the npm packages that `package-lock.json` fixes, unless that has
 * been done for its present content. Packages that a person installed with
 * `npm install` count, too: npm then wrote its own list of what is there.
 */
export async function ensurePackages() {
  requireNode();
  const hash = hashOf(["package-lock.json"]);
  const marker = inRoot("node_modules", ".package-lock.json");
  if (isUpToDate(stampFile, hash, [marker])) return;
  if (existsSync(marker) && (await matchesLock())) {
    writeStamp(stampFile, hash);
    return;
  }
  console.log("Installing npm packages");
  await run(npm, ["ci", "--no-audit", "--no-fund"]);
  writeStamp(stampFile, hash);
}

/** The name of npm's program. */
export const npm = process.platform === "win32" ? "npm.cmd" : "npm";

/**
 * Compares what is installed with what the lock file asks for.
 *
 * @returns {Promise<boolean>} Whether every package has the locked version.
 */
async function matchesLock() {
  const { readFile } = await import("node:fs/promises");
  const read = async (/** @type {string} */ file) =>
    JSON.parse(await readFile(file, "utf8")).packages;
  const wanted = await read(inRoot("package-lock.json"));
  const present = await read(inRoot("node_modules", ".package-lock.json"));
  return Object.entries(wanted).every(
    ([location, entry]) =>
      location === "" ||
      entry.optional === true ||
      present[location]?.version === entry.version,
  );
}
