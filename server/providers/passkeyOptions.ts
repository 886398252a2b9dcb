import type { DeliveryAdapter } from "./delivery.js";

/**
 * Options of `passkey`. Signing up with a passkey alone sends a code, which
 * needs `sendVerificationRequest`.
 */
export type PasskeyOptions = DeliveryAdapter & {
  /** The provider's id: `"passkey"` by default. */
  id?: string;
  /**
   * The id of the relying party (WebAuthn Level 3, section 4): the domain of the
   * app, or one above it. Passkeys are for it and cannot be moved to another.
   * By default, the host of the first origin.
   */
  rpId?: string;
  /** The app's name, as browsers may show it: the `rpId` by default. */
  rpName?: string;
  /**
   * Where passkeys may be used: `"https://app.example.com"`. By default it is
   * the environment variable `SITE_URL`.
   */
  origins?: readonly string[];
  /** Pages of other origins that may have the app in a frame; none by default. */
  topOrigins?: readonly string[];
  /**
   * Whether the authenticator has to verify its user, by PIN or otherwise:
   * `"preferred"` by default. A passkey that has not is one factor, one that
   * has is two.
   */
  userVerification?: "required" | "preferred" | "discouraged";
  /** What is asked of makers of authenticators: `"none"` by default. */
  attestation?: "none" | "direct";
  /**
   * What attestations are accepted: all by default. It is asked when a passkey
   * is made, and again whenever it signs in, as are the models.
   */
  acceptedAttestation?: readonly ("none" | "self" | "basic" | "unverified")[];
  /**
   * The models that are accepted, by AAGUID; all by default. An AAGUID is only
   * what the authenticator says: no chain of certificates up to its maker is
   * verified, and anybody can make a certificate that names a model. The list
   * steers people to certain models and does not keep out who wants to lie.
   */
  allowedModels?: readonly string[];
  /**
   * The models that are refused, by AAGUID, as they say themselves. The passkeys
   * that a model has made before do not sign in any more.
   */
  refusedModels?: readonly string[];
  /**
   * Whether a signature counter that went back is refused. By default it is
   * recorded: synced passkeys have none, and some go back by themselves.
   */
  refusesCounterRegression?: boolean;
  /** How many passkeys a user may have: 20, up to 64. */
  maxPasskeys?: number;
  /** How many milliseconds a browser waits: five minutes, which is the most. */
  timeoutMs?: number;
  /** Digits of the code that a sign-up sends: 8; 6 to 12. */
  codeDigits?: number;
  /** Milliseconds that code is valid: one hour; one minute to one day. */
  codeLifetimeMs?: number;
};
