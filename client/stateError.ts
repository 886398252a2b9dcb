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

/** The server has not said in time whether it accepts the token. */
export const HANDSHAKE_TIMEOUT: AuthStateError = {
  code: "AUTH_HANDSHAKE_TIMEOUT",
  message: "The server has not confirmed the session in time.",
};

/** The server accepts no token of the session. */
export const HANDSHAKE_REJECTED: AuthStateError = {
  code: "AUTH_HANDSHAKE_REJECTED",
  message:
    "The server does not accept the session's token. " +
    "Check the deployment's auth.config.ts.",
};
