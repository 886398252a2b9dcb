import type { AuthErrorCode } from "../../schema/errorCode.js";

/**
 * The codes by status (RFC 9110, section 15; RFC 6585, section 4). What is not
 * found is 404, and what is named nowhere is the request's fault: 400.
 */
const codesByStatus = (): Record<number, readonly AuthErrorCode[]> => ({
  401: [
    "MISSING_BEARER_TOKEN",
    "NOT_SIGNED_IN",
    // RFC 9470, section 3.
    "STEP_UP_REQUIRED",
    "PASSKEY_AUTH_REQUIRED",
    "TOTP_AUTH_REQUIRED",
    "INVALID_API_KEY",
    "API_KEY_DISABLED",
    "API_KEY_REVOKED",
    "API_KEY_EXPIRED",
    "API_KEY_OWNER_INACTIVE",
    "INVALID_CREDENTIALS",
    "INVALID_REFRESH_TOKEN",
  ],
  403: [
    "SCOPE_CHECK_FAILED",
    "FORBIDDEN",
    "SECOND_FACTOR_REQUIRED",
    "SECOND_FACTOR_ENROLLMENT_REQUIRED",
    "SECOND_FACTORS_OFF",
    "USER_BANNED",
    "SIGN_UP_REFUSED",
    "SIGN_IN_REFUSED",
    "GROUP_CREATION_REFUSED",
    "INVITER_NOT_ALLOWED",
    "INVITE_EMAIL_MISMATCH",
    "EMAIL_NOT_VERIFIED",
  ],
  429: ["API_KEY_RATE_LIMITED", "API_KEY_QUOTA_EXCEEDED", "RATE_LIMITED"],
  500: [
    "PROVIDER_NOT_CONFIGURED",
    "EMAIL_CONFIG_REQUIRED",
    "MISSING_ENV_VAR",
    "MISSING_ACTION_CONTEXT",
    "UNSUPPORTED_PROVIDER_TYPE",
    "EMAIL_SEND_FAILED",
    "INVALID_CREDENTIALS_PROVIDER",
    "USER_UPDATE_FAILED",
    "UNSUPPORTED_PASSWORD_HASH",
    "PASSKEY_MISSING_CONFIG",
    "INTERNAL_ERROR",
  ],
});

/** The status of an answer that refuses with a code. */
export function statusOf(code: AuthErrorCode): number {
  const found = Object.entries(codesByStatus()).find(([, codes]) =>
    codes.includes(code),
  );
  if (found !== undefined) {
    return Number(found[0]);
  }
  return code.endsWith("_NOT_FOUND") ? 404 : 400;
}
