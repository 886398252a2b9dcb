/** A code that is on its way to a mailbox. */

import type { SignInResult } from "convex-gatehouse/client";

/** What the step after an e-mail needs to know of the step before. */
export interface EmailCode {
  /** What the code is for. */
  purpose: "email-verification" | "password-reset";
  /** Where the e-mail went. */
  email: string;
  /** The parameters of the request, to ask for another code with. */
  request: Record<string, string | undefined>;
}

/**
 * What comes after a request that may have sent a code.
 *
 * @param result - What the request was answered with.
 * @param request - Its parameters.
 * @returns The code to ask for, or `null`: the person is signed in.
 */
export function sentCode(
  result: SignInResult,
  request: { flow: string; email: string } & EmailCode["request"],
): EmailCode | null {
  if (result.kind !== "started") {
    return null;
  }
  return {
    purpose: request.flow === "reset" ? "password-reset" : "email-verification",
    email: request.email,
    request,
  };
}
