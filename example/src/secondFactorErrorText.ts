/** What people are told about second factors. */

import type { AuthErrorCode } from "convex-gatehouse/client";
import type { ErrorText } from "./failure";

/** A text about the whole form. */
function about(text: string): ErrorText {
  return { subject: null, text };
}

/** A text about the code that was typed. */
function aboutCode(text: string): ErrorText {
  return { subject: "code", text };
}

const TOO_LATE = about(
  "That took too long, or was tried too often. Go back and sign in again.",
);

const NOT_PROVED = about("Confirm that it is you to go on.");

const FAULT = about(
  "This page and the server do not understand each other. Reload the page and try again.",
);

/** About second factors and proving again who one is. */
export const SECOND_FACTOR_TEXTS: Partial<Record<AuthErrorCode, ErrorText>> = {
  STEP_UP_REQUIRED: NOT_PROVED,
  SECOND_FACTOR_REQUIRED: about(
    "A second proof besides the password is needed for this. Set one up under Security.",
  ),
  SECOND_FACTOR_ENROLLMENT_REQUIRED: about(
    "Set up a second factor before you go on.",
  ),
  SECOND_FACTORS_OFF: about("This app does not use second factors."),
  SECOND_FACTOR_NOT_ENROLLED: about(
    "You have not set this up. Confirm that it is you in another way.",
  ),
  LAST_SECOND_FACTOR: about(
    "This is your last second factor, and you need one. Add another one first.",
  ),
  INVALID_RECOVERY_CODE: aboutCode(
    "This code is wrong, or was used before. Try another one.",
  ),
  CODE_FACTOR_NOT_FOUND: about(
    "This address is not there any more, or was not confirmed in time. Add it again.",
  ),
  CODE_FACTOR_LIMIT_REACHED: about(
    "You have as many addresses for codes as allowed. Remove one first.",
  ),
  INVALID_SECOND_FACTOR_CODE: aboutCode(
    "This code is wrong or too old. Use the newest one.",
  ),
  INVALID_VERIFIER: TOO_LATE,
  TOTP_INVALID_VERIFIER: TOO_LATE,
  TOTP_INVALID_CODE: aboutCode(
    "This code is wrong, or was used already. Wait for the next one, and see that the clock of your device is right.",
  ),
  TOTP_NOT_FOUND: about(
    "This app is not there any more, or was not confirmed in time. Add it again.",
  ),
  TOTP_ALREADY_VERIFIED: about("This app is set up already."),
  TOTP_NO_ENROLLMENT: about(
    "You have set up no authenticator app. Confirm that it is you in another way.",
  ),
  TOTP_LIMIT_REACHED: about(
    "You have as many authenticator apps as allowed. Remove one first.",
  ),
  TOTP_AUTH_REQUIRED: about(
    "You are not signed in any more. Sign in and try again.",
  ),
  TOTP_MISSING_CODE: aboutCode("Enter the code that your app shows."),
  TOTP_MISSING_ID: FAULT,
  TOTP_MISSING_VERIFIER: FAULT,
  TOTP_MISSING_FLOW: FAULT,
  TOTP_UNKNOWN_FLOW: FAULT,
};
