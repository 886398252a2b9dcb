import { ConvexError, type Value } from "convex/values";
import { authErrorCodes, type AuthErrorCode } from "../schema/errorCode.js";

export type { AuthErrorCode } from "../schema/errorCode.js";

/** The data of an error of this library. */
export type AuthError = {
  /** What a client may branch on. */
  code: AuthErrorCode;
  /** A sentence for developers and, untranslated, for people. */
  message: string;
  /** With `RATE_LIMITED`: milliseconds after which it is worth to try again. */
  retryAfterMs?: number;
  /** With `STEP_UP_REQUIRED`: how many seconds old a proof may be. */
  maxAge?: number;
  /**
   * With `STEP_UP_REQUIRED`: the second factors that prove enough; if there are
   * none, the person signs in again.
   */
  methods?: string[];
  [key: string]: Value | undefined;
};

/**
 * Reads an error of this library.
 *
 * @param error Anything that was thrown, on the server or at a client.
 * @returns Its data, or `null` if it is another kind of error.
 */
export function parseAuthError(error: unknown): AuthError | null {
  if (!(error instanceof ConvexError)) {
    return null;
  }
  const data: unknown = error.data;
  if (typeof data !== "object" || data === null) {
    return null;
  }
  const { code, message } = data as { code?: unknown; message?: unknown };
  const isKnown = (authErrorCodes() as readonly unknown[]).includes(code);
  return isKnown && typeof message === "string" ? (data as AuthError) : null;
}

/**
 * Tells whether an error is one of this library.
 *
 * @param error Anything that was thrown.
 */
export function isAuthError(error: unknown): error is ConvexError<AuthError> {
  return parseAuthError(error) !== null;
}
