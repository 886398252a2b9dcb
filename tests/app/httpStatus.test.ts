import { describe, expect, it } from "vitest";
import { authErrorCodes } from "../../schema/errorCode.js";
import { statusOf } from "../../server/http/errorStatus.js";

/** Faults of the server, of which a client is told nothing. */
const SERVER = new Set([
  ...["PROVIDER_NOT_CONFIGURED", "EMAIL_CONFIG_REQUIRED", "MISSING_ENV_VAR"],
  ...["MISSING_ACTION_CONTEXT", "UNSUPPORTED_PROVIDER_TYPE", "INTERNAL_ERROR"],
  ...["EMAIL_SEND_FAILED", "INVALID_CREDENTIALS_PROVIDER"],
  ...["USER_UPDATE_FAILED", "UNSUPPORTED_PASSWORD_HASH"],
  "PASSKEY_MISSING_CONFIG",
]);

describe("the status of an error in an HTTP action", () => {
  it.each(authErrorCodes())("of %s was chosen", (code) => {
    const status = statusOf(code);
    expect([400, 401, 403, 404, 429, 500]).toContain(status);
    expect(status === 500).toBe(SERVER.has(code));
    expect(status === 404).toBe(code.endsWith("_NOT_FOUND"));
    expect(status === 429).toBe(/LIMITED$|QUOTA_EXCEEDED$/.test(code));
  });
});
