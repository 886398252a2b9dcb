import * as passkeys from "../pkg/passkeys.js";
import { wasmBase64 } from "../pkg/passkeysWasm.js";
import type { SecondFactorCore } from "./signInCore.js";
import { wasmModule } from "./wasmModule.js";

/** Decisions about passkeys. */
export const decide = wasmModule(passkeys, wasmBase64);

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
