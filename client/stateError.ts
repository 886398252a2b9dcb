/** Telling a snapshot's reader what went wrong. */

import { parseAuthError } from "../server/authError.js";
import type { AuthStateError } from "./authState.js";
import { AuthNetworkError } from "./networkError.js";

/**
 * Describes a failure that the client goes on with.
 *
 * @param error - What was thrown.
 * @returns The server's own code, `NETWORK_ERROR`, or `INTERNAL_ERROR`.
 */
export function toStateError(error: unknown): AuthStateError {
  const authError = parseAuthError(error);
  if (authError !== null) {
    return { code: authError.code, message: authError.message };
  }
  if (error instanceof AuthNetworkError) {
    return { code: error.code, message: error.message };
  }
  return {
    code: "INTERNAL_ERROR",
    message: error instanceof Error ? error.message : String(error),
  };
}
