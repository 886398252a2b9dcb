/**
 * What the figures were taken on, and with which versions.
 */
import { readFileSync } from "node:fs";
import os from "node:os";
import { benchRoot, repositoryRoot } from "../resolution/repository.mjs";

/**
 * @typedef {object} Machine
 * @property {string} node
 * @property {string} v8
 * @property {string} processor
 * @property {Record<string, string>} packages Versions by package.
 */

/** @returns {Machine} */
export function describeMachine() {
  const { dependencies } = readPackage(`${benchRoot}package.json`);
  /** @type {Record<string, string>} */
  const packages = {};
  for (const name of Object.keys(dependencies)) {
    packages[name] = versionOf(`${benchRoot}node_modules/${name}`);
  }
  for (const name of ["convex", "convex-test"]) {
    packages[name] = versionOf(`${repositoryRoot}node_modules/${name}`);
  }
  const cores = os.cpus();
  return {
    node: process.versions.node,
    v8: process.versions.v8,
    processor: `${cores.length} × ${cores[0]?.model.trim() ?? process.arch}`,
    packages,
  };
}

/** @param {string} folder */
function versionOf(folder) {
  return readPackage(`${folder}/package.json`).version;
}

/** @param {string} file */
function readPackage(file) {
  return JSON.parse(readFileSync(file, "utf8"));
}
