/** What the client calls: the functions that an app exports from `createAuth`. */

import type { FunctionReference } from "convex/server";

/**
 * References to the app's authentication functions; the generated `api.auth`
 * satisfies it.
 */
export interface AuthApi {
  /** The public action that signs in and refreshes. */
  signIn: FunctionReference<"action">;
  /** The public action that ends the present session. */
  signOut: FunctionReference<"action">;
  /**
   * The public query that reads the session row. Given, and with a reactive
   * Convex client attached, a session that is revoked elsewhere signs this
   * device out at once; without it, when the next refresh is refused.
   */
  isAuthenticated?: FunctionReference<"query">;
}
