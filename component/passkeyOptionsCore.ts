import { bindings } from "../pkg/passkeyOptions.js";
import { wasmBytes } from "../pkg/passkeyOptionsWasm.js";
import type { SecondFactorCore } from "./signInCore.js";
import { wasmModule } from "./wasmModule.js";

/**
 * Decisions about what browsers are asked for with passkeys, and about the
 * passkeys that there are.
 */
export const decide = wasmModule(bindings, wasmBytes);

/** What a sign-up and a second factor begin with. */
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
