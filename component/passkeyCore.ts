import { bindings } from "../pkg/passkeys.js";
import { wasmBytes } from "../pkg/passkeysWasm.js";
import { decide as decideWithEveryAlgorithm } from "./passkeyAlgorithmsCore.js";
import type { SecondFactorCore } from "./signInCore.js";
import { wasmModule } from "./wasmModule.js";

/** Decisions about what browsers answer with passkeys. */
export const decide = wasmModule(bindings, wasmBytes);

/** The decisions that take a module with every algorithm for some passkeys. */
type Verification =
  "passkeyRegister" | "passkeySecondFactor" | "passkeySignIn" | "passkeySignUp";

/** What the core answers once it has decided. */
type Answer<Name extends Verification> = NonNullable<
  ReturnType<(typeof bindings)[Name]>
>;

/**
 * Asks for a decision about what a browser has signed or made. The module that
 * is asked first does not carry every algorithm; where it has no answer, the one
 * that does is asked the same.
 */
export function verify<Name extends Verification>(
  name: Name,
  ...args: Parameters<(typeof bindings)[Name]>
): Answer<Name> {
  type Ask = (name: Name, ...call: typeof args) => Answer<Name> | undefined;
  const answer =
    (decide as Ask)(name, ...args) ??
    (decideWithEveryAlgorithm as Ask)(name, ...args);
  if (answer === undefined) {
    throw new Error(`No module of the core decides "${name}"`);
  }
  return answer;
}

/** What every way to sign in ends with. */
export const signInCore: SecondFactorCore = {
  generatePepper: () => decide("generatePepper"),
  refuseAdmission: (call) => decide("refuseAdmission", call),
  refuseSession: (call) => decide("refuseSession", call),
  sessionIssue: (call) => decide("sessionIssue", call),
  signingKeyChoose: (call) => decide("signingKeyChoose", call),
  secondFactorKey: (userId) => decide("secondFactorKey", userId),
  secondFactorPresent: (verifier) => decide("secondFactorPresent", verifier),
  trustedDevicePresent: (token) => decide("trustedDevicePresent", token),
};
