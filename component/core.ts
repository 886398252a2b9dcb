import { bindings } from "../pkg/identity.js";
import { wasmBytes } from "../pkg/identityWasm.js";
import type { SignInCore } from "./signInCore.js";
import { wasmModule } from "./wasmModule.js";

/**
 * Decisions about users, accounts, passwords, sessions and keys.
 */
export const decide = wasmModule(bindings, wasmBytes);

/** What every way to sign in ends with. */
export const signInCore: SignInCore = {
  generatePepper: () => decide("generatePepper"),
  refuseAdmission: (call) => decide("refuseAdmission", call),
  refuseSession: (call) => decide("refuseSession", call),
  sessionIssue: (call) => decide("sessionIssue", call),
  signingKeyChoose: (call) => decide("signingKeyChoose", call),
  trustedDevicePresent: (token) => decide("trustedDevicePresent", token),
};
