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

/** The modules, each with the decisions that the benchmark asks it alone. */
const modules = [
  { name: "access", decides: ["sessionPresent", "sessionRefresh"] },
  { name: "accounts", decides: [] },
];

/**
 * @returns {Promise<Decide | undefined>} Asks about users, accounts and
 *   sessions; `undefined` when there is no build.
 */
export async function loadCore() {
  const folder = `${repositoryRoot}pkg/`;
  /** @type {Map<string, (name: string, call: string) => string>} */
  const decideIn = new Map();
  for (const { name } of modules) {
    const bytes = `${folder}${name}_bg.wasm`;
    if (!existsSync(bytes)) return undefined;
    const core = await import(`${folder}${name}.js`);
    core.initSync({ module: readFileSync(bytes) });
    decideIn.set(name, core.decide);
  }
  return (decision, call) => {
    const module =
      modules.find(({ decides }) => decides.includes(decision)) ??
      modules.at(-1);
    const answer = decideIn.get(module.name)(decision, JSON.stringify(call));
    return JSON.parse(answer);
  };
}
