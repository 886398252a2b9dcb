import { describe, expect, it } from "vitest";
import { AUTH_ERROR_CODES } from "../../schema/errorCode.js";
import { statusOf } from "../../server/http/errorStatus.js";

/** Codes of the request's fault that are no other status. */
const BAD_REQUEST = new Set([
  ...["INVALID_PARAMETERS", "INVALID_EMAIL", "INVALID_REDIRECT"],
  ...["INVALID_VERIFICATION_CODE", "INVALID_ONE_TIME_TOKEN"],
  ...["SIGN_IN_MISSING_PARAMS", "API_KEY_INVALID_SCOPE"],
  ...["PASSWORD_TOO_SHORT", "PASSWORD_TOO_LONG", "PASSWORD_TOO_COMMON"],
  ...["PASSWORD_INVALID", "GROUP_TOO_DEEP", "UNKNOWN_PERMISSION"],
  ...["INVITE_EXPIRED", "INVITE_REVOKED"],
  // Of the client, which no route throws.
  ...["AUTH_HANDSHAKE_TIMEOUT", "AUTH_HANDSHAKE_REJECTED"],
]);

describe("the status of an error in an HTTP action", () => {
  it.each(AUTH_ERROR_CODES)("of %s was chosen", (code) => {
    const status = statusOf(code);
    expect([400, 401, 403, 404, 409, 429, 500]).toContain(status);
    expect(status === 400).toBe(BAD_REQUEST.has(code));
    expect(status === 404).toBe(code.endsWith("_NOT_FOUND"));
    expect(status === 429).toBe(/LIMITED$|QUOTA_EXCEEDED$/.test(code));
  });
});
