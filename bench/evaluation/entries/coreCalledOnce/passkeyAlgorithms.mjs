/**
 * A call of a component function that asks the module with every algorithm,
 * once, as well as the one that is asked first: what a passkey that does not sign
 * with ES256 or EdDSA costs more.
 */
import { decide as decideWithEveryAlgorithm } from "../../../../dist/component/passkeyAlgorithmsCore.js";
import { decide } from "../../../../dist/component/passkeyCore.js";

// With everything that it imports; an import without use would be dropped.
export * from "../../../../dist/component/passkeySignIn.js";

const verifier = "pkv_mjfvTpzt9jCg690g0uYxTdSOhVmU3YwAZ7maeSedoRi3qrgBQ";

/** @returns {unknown} What keeps the compiled code alive. */
export function callCoreOnce() {
  for (const ask of [decide, decideWithEveryAlgorithm]) {
    const { kind } = ask("passkeyPresent", verifier);
    if (kind === "refused") throw new Error("The core refused a verifier");
  }
  return [decide, decideWithEveryAlgorithm];
}
