/** The client's call that signs in. */

import type { SignInParams } from "./signInParams.js";
import type { SignInResult } from "./signInResult.js";

/** Further arguments of a sign-in call. */
export interface SignInOptions {
  /** The `verifier` that an earlier result of the same sign-in carried. */
  verifier?: string;
}

/** `signIn` of the client. */
export type SignIn = (
  provider: string,
  params?: SignInParams,
  options?: SignInOptions,
) => Promise<SignInResult>;
