/** What people are told when something fails. */

import {
  AuthNetworkError,
  parseAuthError,
  PasskeyError,
} from "convex-gatehouse/client";
import type { ErrorText, Failure } from "./failure";
import { GROUP_TEXTS, INVITATION_TEXTS } from "./groupErrorText";
import { KEY_TEXTS } from "./keyErrorText";
import { PASSKEY_TEXTS } from "./passkeyErrorText";
import { SECOND_FACTOR_TEXTS } from "./secondFactorErrorText";
import { spokenDuration } from "./relativeTime";

const UNKNOWN: ErrorText = {
  subject: null,
  text: "Something went wrong on our side. Please try again.",
};

/** Every code that the demo's forms can meet; what is missing is a fault. */
const TEXTS: Partial<Record<Failure["code"], ErrorText>> = {
  NETWORK_ERROR: {
    subject: null,
    text: "The server cannot be reached. Check your connection and try again.",
  },
  INVALID_EMAIL: {
    subject: "email",
    text: "This is not a valid e-mail address. Write it like name@example.com.",
  },
  ACCOUNT_ALREADY_EXISTS: {
    subject: "email",
    text: "There is an account with this address already. Sign in instead.",
  },
  INVALID_CREDENTIALS: {
    subject: "credentials",
    text: "The e-mail address or the password is wrong.",
  },
  PASSWORD_TOO_SHORT: {
    subject: "newPassword",
    text: "This is too short: use at least 8 characters.",
  },
  PASSWORD_TOO_LONG: {
    subject: "newPassword",
    text: "This is too long: use at most 128 characters.",
  },
  PASSWORD_TOO_COMMON: {
    subject: "newPassword",
    text: "Everybody tries this one first. Take a few words that do not belong together.",
  },
  PASSWORD_INVALID: {
    subject: "newPassword",
    text: "This has characters that cannot be typed everywhere.",
  },
  INVALID_VERIFICATION_CODE: {
    subject: "code",
    text: "This code is wrong or too old. Use the one from the newest e-mail.",
  },
  EMAIL_SEND_FAILED: {
    subject: null,
    text: "The e-mail could not be sent. Please try again in a moment.",
  },
  NOT_SIGNED_IN: {
    subject: null,
    text: "You are not signed in any more. Sign in and try again.",
  },
  SIGN_UP_REFUSED: { subject: null, text: "Sign-up is not open to you." },
  SIGN_IN_REFUSED: { subject: null, text: "You cannot sign in at present." },
  USER_BANNED: { subject: null, text: "This account is blocked." },
  INVALID_PARAMETERS: {
    subject: null,
    text: "The server did not take this as it was entered. Look it over and try again.",
  },
  ...GROUP_TEXTS,
  ...INVITATION_TEXTS,
  ...KEY_TEXTS,
  ...PASSKEY_TEXTS,
  ...SECOND_FACTOR_TEXTS,
};

/**
 * Makes a failure of whatever was thrown.
 *
 * @param error - What a call of the server rejected with.
 * @param now - The local time, in milliseconds since the Unix epoch.
 */
export function describeError(error: unknown, now: number): Failure {
  const authError = parseAuthError(error);
  if (authError?.code === "RATE_LIMITED") {
    const wait = authError.retryAfterMs ?? 60_000;
    return {
      code: authError.code,
      subject: null,
      text: `That was too often. Try again in ${spokenDuration(wait)}.`,
      retryTime: now + wait,
    };
  }
  const code =
    authError?.code ??
    (error instanceof AuthNetworkError || error instanceof PasskeyError
      ? error.code
      : "INTERNAL_ERROR");
  return { code, ...(TEXTS[code] ?? UNKNOWN), retryTime: null };
}
