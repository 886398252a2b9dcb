import { runPasskeyFlow } from "../passkeyFlow.js";
import { passkeyOptionsResult } from "../passkeyResult.js";
import { recoveryCodesResult } from "../secondFactorResult.js";
import type { PasskeyOptions } from "./passkeyOptions.js";
import type { AuthProvider } from "./provider.js";

/**
 * Signing in with passkeys (WebAuthn Level 3), with the flows
 * `register-options`, `register`, `signIn-options` and `signIn`; signing up with
 * a passkey alone, with `signUp`, `signUp-options` and `signUp-finish`; and
 * proving one as a second factor, or again who is signed in, with
 * `verify-options` and `verify`. The client's `passkey` methods run them. The
 * flows `recover` and `recovery-codes`, as every second factor has them, are run
 * by its `secondFactor` methods.
 */
export function passkey(options: PasskeyOptions = {}): AuthProvider {
  const { id = "passkey" } = options;
  return {
    id,
    run: (flow) => runPasskeyFlow(flow, id, options),
    results: () => ({
      passkeyOptions: passkeyOptionsResult(),
      recoveryCodes: recoveryCodesResult(),
    }),
  };
}
