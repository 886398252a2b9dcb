import { bindings } from "../pkg/secondFactor.js";
import { wasmBytes } from "../pkg/secondFactorWasm.js";
import type { SecondFactorCore } from "./signInCore.js";
import { wasmModule } from "./wasmModule.js";

/** Decisions about second factors. */
export const decide = wasmModule(bindings, wasmBytes);

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
