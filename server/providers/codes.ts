import { runCodeFlow } from "../codeFlow.js";
import { recoveryCodesResult } from "../secondFactorResult.js";
import type { CodeMethod, CodeOptions } from "./codeOptions.js";
import type { AuthProvider } from "./provider.js";

/**
 * Codes by e-mail as a second factor, with the flows `setup`, `confirm`, `send`,
 * `verify`, `recover` and `recovery-codes`. The client's `secondFactor` methods
 * run them. It is the weaker factor: whoever reads the mailbox may also be able
 * to reset the password.
 */
export function emailCode(options: CodeOptions): AuthProvider {
  return sentCode("emailCode", options);
}

/**
 * Codes by telephone as a second factor, with the same flows. Messages can be
 * intercepted, and numbers be taken over.
 */
export function phoneCode(options: CodeOptions): AuthProvider {
  return sentCode("phoneCode", options);
}

function sentCode(method: CodeMethod, options: CodeOptions): AuthProvider {
  return {
    id: options.id ?? method,
    run: (flow) => runCodeFlow(flow, method, options),
    results: () => ({ recoveryCodes: recoveryCodesResult() }),
  };
}
