/** What people are told when a passkey was not added or used. */

import type { AuthErrorCode, PasskeyErrorCode } from "convex-gatehouse/client";
import type { ErrorText } from "./failure";

/** A text about the whole form. */
function about(text: string): ErrorText {
  return { subject: null, text };
}

const NOT_VALID = about(
  "This passkey could not be checked. Try again, or use another one.",
);

const FAULT = about(
  "This page and the server do not understand each other. Reload the page and try again.",
);

const TOO_LATE = about("That took too long. Please try again.");

/** About passkeys. */
export const PASSKEY_TEXTS: Partial<
  Record<AuthErrorCode | PasskeyErrorCode, ErrorText>
> = {
  PASSKEY_CANCELLED: about("No passkey was chosen. You can try again."),
  PASSKEY_TIMEOUT: TOO_LATE,
  PASSKEY_INVALID_CHALLENGE: TOO_LATE,
  PASSKEY_FAILED: about(
    "Your browser or device could not do this. Try again, or use another one.",
  ),
  PASSKEY_NOT_SUPPORTED: about("This browser or device has no passkeys."),
  PASSKEY_ALREADY_REGISTERED: about(
    "This device has a passkey of an account already.",
  ),
  PASSKEY_UNKNOWN_CREDENTIAL: about(
    "This passkey is not known here, or was removed. Sign in in another way.",
  ),
  PASSKEY_USER_VERIFICATION: about(
    "The passkey has to verify you, by a fingerprint, your face or a PIN.",
  ),
  PASSKEY_RP_MISMATCH: about("Passkeys cannot be used on this page."),
  PASSKEY_INVALID_ORIGIN: about("Passkeys cannot be used on this page."),
  PASSKEY_LIMIT_REACHED: about(
    "You have as many passkeys as allowed. Remove one first.",
  ),
  PASSKEY_AUTH_REQUIRED: about(
    "You are not signed in any more. Sign in and try again.",
  ),
  PASSKEY_MISSING_CONFIG: about("Passkeys are not set up in this app."),
  PASSKEY_MISSING_VERIFIER: FAULT,
  PASSKEY_MISSING_FLOW: FAULT,
  PASSKEY_UNKNOWN_FLOW: FAULT,
  PASSKEY_INVALID_CLIENT_DATA: NOT_VALID,
  PASSKEY_USER_PRESENCE: NOT_VALID,
  PASSKEY_INVALID_SIGNATURE: NOT_VALID,
  PASSKEY_NO_CREDENTIAL: NOT_VALID,
  PASSKEY_UNSUPPORTED_ALGORITHM: about(
    "This kind of passkey cannot be used here. Use another device or app for it.",
  ),
  PASSKEY_INVALID_ATTESTATION: about(
    "Passkeys of this maker are not accepted here. Use another device or app.",
  ),
  PASSKEY_COUNTER_ERROR: about(
    "This passkey may have been copied, and is not accepted. Use another one, and remove this one.",
  ),
  PASSKEY_NOT_FOUND: about("This passkey is not there any more."),
  LAST_SIGN_IN_METHOD: about(
    "This is your last way to sign in. Add another one first.",
  ),
};
