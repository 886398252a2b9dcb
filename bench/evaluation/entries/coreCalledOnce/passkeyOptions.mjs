/**
 * A call of a component function that asks the core about the beginning of a
 * sign-in with a passkey, once: the address is normalised.
 */
import { decide } from "../../../../dist/component/passkeyOptionsCore.js";

// With everything that it imports; an import without use would be dropped.
export * from "../../../../dist/component/passkeySignIn.js";

/** @returns {unknown} What keeps the compiled code alive. */
export function callCoreOnce() {
  const { kind } = decide("passkeyIdentifier", "Ada@Example.com");
  if (kind === "refused") throw new Error("The core refused an address");
  return decide;
}
