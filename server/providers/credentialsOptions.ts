import type { ActionContext } from "../context.js";
import type { SignInParameters } from "../parameters.js";

/** Whom an app's own check has named. */
export type AuthorizedUser = {
  /** The user. */
  userId: string;
  /** The session, if the check has opened one with `auth.provider.signIn`. */
  sessionId?: string;
};

/** Options of `credentials`. */
export type CredentialsOptions = {
  /** The provider's id: `"credentials"` by default. */
  id?: string;
  /**
   * Checks what the person typed. It runs in an action and may call other
   * systems, or `auth.account.get` with the secret.
   *
   * The limiter decides afterwards whether the result counts, so that a check
   * that is always right cannot be tried for ever.
   *
   * @returns The user, or `null` if the check failed. An error that it throws
   *   is counted as a failure and passed on.
   */
  authorize: (
    parameters: SignInParameters,
    ctx: ActionContext,
  ) => Promise<AuthorizedUser | null>;
  /**
   * Says which part of the form names the person, for the limiter. By default
   * it is `email`, `username` or `phone`, whichever the form has; a form with
   * two of them is refused, because a stranger could change the one that the
   * check does not look at with each guess.
   */
  normalizeIdentifier?: (parameters: SignInParameters) => string | undefined;
};
