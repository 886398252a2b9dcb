import * as passkeys from "../pkg/passkeys.js";
import { wasmBase64 } from "../pkg/passkeysWasm.js";
import type { SignInCore } from "./signInCore.js";
import { wasmModule } from "./wasmModule.js";

/** Decisions about passkeys. */
export const decide = wasmModule(passkeys, wasmBase64);

/** What every way to sign in ends with. */
export const signInCore: SignInCore = {
  generatePepper: () => decide("generatePepper"),
  refuseAdmission: (call) => decide("refuseAdmission", call),
  refuseSession: (call) => decide("refuseSession", call),
  sessionIssue: (call) => decide("sessionIssue", call),
  signingKeyChoose: (call) => decide("signingKeyChoose", call),
  trustedDevicePresent: (token) => decide("trustedDevicePresent", token),
};
