/**
 * The core as Node runs it. Together with `door.mjs` it is all of the benchmark
 * that knows which modules of the core there are.
 */
import { existsSync, readFileSync } from "node:fs";
import { repositoryRoot } from "../resolution/repository.mjs";

/**
 * @typedef {(name: string, call: any) => any} Decide Asks for a decision. It
 *   throws when there is none of that name, or the call cannot be read.
 */

/**
 * Which module decides about them: `accounts` by one export, or, in builds that
 * have more modules, `identity` with an export for each decision.
 */
const modules = ["accounts", "identity"];

/**
 * @param {string} [checkout] The root of the build: this repository's, unless
 *   another is named.
 * @returns {Promise<Decide | undefined>} Asks about users, accounts and
 *   sessions; `undefined` when there is no build.
 */
export async function loadCore(checkout = repositoryRoot) {
  const folder = `${checkout}pkg/`;
  const name = modules.find((module) =>
    existsSync(`${folder}${module}_bg.wasm`),
  );
  if (name === undefined) return undefined;
  const core = await import(`${folder}${name}.js`);
  core.initSync({ module: readFileSync(`${folder}${name}_bg.wasm`) });
  return core.decide ?? ((decision, call) => core[decision](call));
}
