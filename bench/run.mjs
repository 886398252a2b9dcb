/**
 * `npm run bench`: installs the packages to compare with when they are
 * missing, then measures in a process of its own with the flags of Node that
 * the measurement needs.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { readOptions, usage } from "./options.mjs";
import { benchRoot } from "./resolution/repository.mjs";

/**
 * @param {string} command
 * @param {string[]} commandArguments
 * @param {string} folder
 */
function runOrExit(command, commandArguments, folder) {
  const { status, error } = spawnSync(command, commandArguments, {
    cwd: folder,
    stdio: "inherit",
  });
  if (error !== undefined) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

/**
 * @returns {boolean} Whether the packages are there, at the versions that
 *   `package.json` names: it may name more than when they were installed.
 */
function arePeersInstalled() {
  // npm writes this file last, so it stands for an install that finished.
  const installed = `${benchRoot}node_modules/.package-lock.json`;
  if (!existsSync(installed)) return false;
  const { packages } = JSON.parse(readFileSync(installed, "utf8"));
  const { dependencies } = JSON.parse(
    readFileSync(`${benchRoot}package.json`, "utf8"),
  );
  return Object.entries(dependencies).every(
    ([name, version]) => packages[`node_modules/${name}`]?.version === version,
  );
}

function installPeers() {
  if (arePeersInstalled()) return;
  console.log("Installing the packages to compare with (bench/node_modules).");
  runOrExit("npm", ["ci", "--no-audit", "--no-fund"], benchRoot);
}

let options;
try {
  options = readOptions(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(2);
}
if (options === "help") {
  console.log(usage);
} else {
  installPeers();
  runOrExit(
    process.execPath,
    [
      "--experimental-vm-modules",
      "--expose-gc",
      // The collector's own threads would be counted as the candidates' time.
      "--single-threaded-gc",
      "--no-warnings",
      "--import",
      new URL("resolution/register.mjs", import.meta.url).href,
      `${benchRoot}measure.mjs`,
      ...process.argv.slice(2),
    ],
    process.cwd(),
  );
}
