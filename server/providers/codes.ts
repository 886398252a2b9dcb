import { runCodeFlow } from "../codeFlow.js";
import type { ActionContext } from "../context.js";
import type { SecondFactorProvider } from "./secondFactor.js";

/** By what way a code is sent. */
export type CodeMethod = "emailCode" | "phoneCode";

/** A code that the app is asked to send. */
export type CodeToSend = {
  /** The address or number. */
  to: string;
  /** The code. */
  code: string;
  /** Until when it can be used: milliseconds since 1970. */
  expirationTime: number;
};

/** Options of `emailCode` and `phoneCode`. */
export type CodeOptions = {
  /** The provider's id: `"emailCode"` or `"phoneCode"` by default. */
  id?: string;
  /**
   * Sends a code. It runs in an action, after the code was stored.
   */
  sendCode: (message: CodeToSend, ctx: ActionContext) => Promise<void>;
};

/**
 * Codes by e-mail as a second factor, with the flows `setup`, `confirm`, `send`,
 * `verify`, `recover` and `recovery-codes`. The client's `secondFactor` methods
 * run them. It is the weaker factor: whoever reads the mailbox may also be able
 * to reset the password.
 */
export function emailCode(options: CodeOptions): SecondFactorProvider {
  return sentCode("emailCode", options);
}

/**
 * Codes by telephone as a second factor, with the same flows. Messages can be
 * intercepted, and numbers be taken over.
 */
export function phoneCode(options: CodeOptions): SecondFactorProvider {
  return sentCode("phoneCode", options);
}

function sentCode(
  method: CodeMethod,
  options: CodeOptions,
): SecondFactorProvider {
  return {
    ...{ type: "secondFactor", method, options },
    id: options.id ?? method,
    run: (flow) => runCodeFlow(flow, method, options),
  };
}
