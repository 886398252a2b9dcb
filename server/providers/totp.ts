import { recoveryCodesResult, totpSetupResult } from "../secondFactorResult.js";
import { runTotpFlow } from "../totpFlow.js";
import type { AuthProvider } from "./provider.js";
import type { TotpOptions } from "./totpOptions.js";

/**
 * Authenticator apps as a second factor (RFC 6238), with the flows `setup`,
 * `confirm`, `verify`, `recover` and `recovery-codes`. The client's `totp` and
 * `secondFactor` methods run them.
 */
export function totp(options: TotpOptions = {}): AuthProvider {
  return {
    id: options.id ?? "totp",
    run: (flow) => runTotpFlow(flow, options),
    results: () => ({
      totpSetup: totpSetupResult(),
      recoveryCodes: recoveryCodesResult(),
    }),
  };
}
