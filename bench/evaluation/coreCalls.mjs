/**
 * The calls of the component that are measured together with the module of the
 * core that they ask: one for each module that is built.
 */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { builtModules } from "../wasmModules.mjs";

/** What an app asks each module most, by module. */
export const coreCallLabels = {
  identity: "a sign-in",
  access: "a permission check",
  keyUse: "the verification of an API key",
  groups: "a change of a group",
  keys: "the making of an API key",
  passkeys: "a sign-in with a passkey",
  passkeyAlgorithms: "a passkey of another algorithm",
  passkeyOptions: "the beginning of a sign-in with a passkey",
};

/**
 * @typedef {object} CoreCall
 * @property {string} id
 * @property {string} label
 * @property {string} [entry] Missing when nobody has written one yet.
 */

/** @returns {CoreCall[]} */
export function coreCalls() {
  return builtModules().map(({ name }) => {
    const entry = fileURLToPath(
      new URL(`entries/coreCalledOnce/${name}.mjs`, import.meta.url),
    );
    const label = coreCallLabels[name] ?? "a call";
    return {
      id: `call/${name}`,
      label: `Gatehouse: ${label}, with the core's \`${name}\``,
      ...(existsSync(entry) ? { entry } : {}),
    };
  });
}
