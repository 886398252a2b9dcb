/** Why a browser has not made or used a passkey. */
export type PasskeyErrorCode =
  /** The person has closed the browser's dialog. */
  | "PASSKEY_CANCELLED"
  /** Nobody answered the browser's dialog in time. */
  | "PASSKEY_TIMEOUT"
  /** The authenticator has a passkey of this account already. */
  | "PASSKEY_ALREADY_REGISTERED"
  /** The browser or the device has no passkeys. */
  | "PASSKEY_NOT_SUPPORTED"
  /** The page is not one of the app's, as the provider's `rpId` says. */
  | "PASSKEY_RP_MISMATCH"
  /** The browser or the authenticator has failed, for no reason of its user's. */
  | "PASSKEY_FAILED";

const MESSAGES: Record<PasskeyErrorCode, string> = {
  PASSKEY_CANCELLED: "the passkey dialog was closed",
  PASSKEY_TIMEOUT: "the passkey dialog was not answered in time",
  PASSKEY_ALREADY_REGISTERED:
    "this device has a passkey of the account already",
  PASSKEY_NOT_SUPPORTED: "this browser or device has no passkeys",
  PASSKEY_RP_MISMATCH: "passkeys of this app cannot be used on this page",
  PASSKEY_FAILED: "the browser or the authenticator has failed",
};

/** What a browser throws when a passkey was not made or used. */
export class PasskeyError extends Error {
  override readonly name = "PasskeyError";
  /** What a page may branch on. */
  readonly code: PasskeyErrorCode;

  constructor(code: PasskeyErrorCode, cause?: unknown) {
    super(MESSAGES[code], { cause });
    this.code = code;
  }
}

/**
 * What the error of `navigator.credentials` means (WebAuthn Level 3, sections
 * 5.1.3 and 5.1.4). Browsers give one name to closing a dialog and to letting it
 * run out, so that pages cannot tell who has which passkey; the time tells them
 * apart well enough. Whatever else it throws (`UnknownError`, `OperationError`,
 * `NotReadableError`, `TypeError`, what a password manager makes of it) says no
 * more than that it has failed.
 *
 * @param error - What was thrown.
 * @param waited - For how many milliseconds the browser has waited.
 * @param timeout - For how many it may.
 */
export function passkeyErrorOf(
  error: unknown,
  waited: number,
  timeout: number,
): PasskeyError {
  const name = error instanceof Error ? error.name : "";
  switch (name) {
    case "NotAllowedError":
      return new PasskeyError(
        waited < timeout ? "PASSKEY_CANCELLED" : "PASSKEY_TIMEOUT",
        error,
      );
    case "AbortError":
      return new PasskeyError("PASSKEY_CANCELLED", error);
    case "InvalidStateError":
      return new PasskeyError("PASSKEY_ALREADY_REGISTERED", error);
    case "SecurityError":
      return new PasskeyError("PASSKEY_RP_MISMATCH", error);
    case "NotSupportedError":
    case "ConstraintError":
      return new PasskeyError("PASSKEY_NOT_SUPPORTED", error);
    default:
      return new PasskeyError("PASSKEY_FAILED", error);
  }
}
