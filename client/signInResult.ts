/** The outcomes of a sign-in call. */

/** A TOTP enrolment that waits for its first code. */
export interface TotpSetup {
  /** The `otpauth://` address for a QR code. */
  uri: string;
  /** The shared secret in base32, for typing it in. */
  secret: string;
  /** The id of the factor that is being set up. */
  totpId: string;
}

/** What a second factor can be proved with. */
export type SecondFactorMethod =
  "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode";

/** A device authorization grant (RFC 8628, section 3.2). */
export interface DeviceCode {
  /** What the device polls with. */
  deviceCode: string;
  /** What the person types on another device. */
  userCode: string;
  /** Where the person types it. */
  verificationUri: string;
  /** The same address with the code filled in. */
  verificationUriComplete: string;
  /** Lifetime in seconds. */
  expiresIn: number;
  /** The least number of seconds between polls. */
  interval: number;
}

/**
 * What came of a sign-in call. Tokens never appear: the client has stored them
 * by the time the caller sees `signedIn`. A `verifier` goes into the options
 * of the call that completes the step; that of `started` is kept and sent by
 * the client itself.
 */
export type SignInResult =
  /**
   * Signed in, or (flow `change`) the present session goes on. With the first
   * second factor come the recovery codes, this once. Of who has to set up a
   * second factor before anything else, it says so.
   */
  | {
      kind: "signedIn";
      recoveryCodes?: string[];
      restriction?: "secondFactorEnrollment";
    }
  /** A code or link was sent; complete with the code. */
  | { kind: "started" }
  /** The person has to visit the address to go on. */
  | { kind: "redirect"; redirect: URL; verifier: string }
  /** Options for `navigator.credentials`. */
  | { kind: "passkeyOptions"; options: unknown; verifier: string }
  /** A second factor is owed: one of these. */
  | {
      kind: "totpRequired";
      verifier: string;
      methods: SecondFactorMethod[];
    }
  /** A second factor is being set up. */
  | { kind: "totpSetup"; totpSetup: TotpSetup; verifier: string }
  /** New recovery codes, this once. */
  | { kind: "recoveryCodes"; recoveryCodes: string[] }
  /** Another device has to approve. */
  | { kind: "deviceCode"; deviceCode: DeviceCode };

/** A sign-in answer taken apart: what the caller may see, and the tokens. */
interface SignInAnswer {
  /** What the caller of `signIn` receives. */
  result: SignInResult;
  /** The raw tokens of `signedIn`; `null` when the session stays as it is. */
  tokens: unknown;
  /** The verifier of `started`, which the client keeps for the next step. */
  pendingVerifier?: string;
  /** The next token of the trusted browser, which the client keeps. */
  trustedDevice?: string;
}

/**
 * Checks the shape of what the `signIn` action returned.
 *
 * @param value - The action's return value.
 * @returns The answer with tokens split off.
 * @throws Error when the value is none of the contract's results, which means
 *   that client and server are of different versions.
 */
export function parseSignInAnswer(value: unknown): SignInAnswer {
  const answer = asRecord(value);
  const verifier = answer?.verifier;
  switch (answer?.kind) {
    case "signedIn":
      return signedIn(answer);
    case "started":
      return {
        result: { kind: "started" },
        tokens: null,
        ...(typeof verifier === "string" ? { pendingVerifier: verifier } : {}),
      };
    case "redirect":
      if (typeof answer.redirect === "string" && typeof verifier === "string") {
        const redirect = new URL(answer.redirect);
        return {
          result: { kind: "redirect", redirect, verifier },
          tokens: null,
        };
      }
      break;
    case "passkeyOptions":
      if (typeof verifier === "string") {
        const { options } = answer;
        return {
          result: { kind: "passkeyOptions", options, verifier },
          tokens: null,
        };
      }
      break;
    case "totpRequired":
      if (typeof verifier === "string") {
        // Servers before there were others knew authenticator apps only.
        const methods = methodsOf(answer.methods);
        return {
          result: { kind: "totpRequired", verifier, methods },
          tokens: null,
        };
      }
      break;
    case "recoveryCodes":
      if (isTexts(answer.recoveryCodes)) {
        const { recoveryCodes } = answer;
        return {
          result: { kind: "recoveryCodes", recoveryCodes },
          tokens: null,
        };
      }
      break;
    case "totpSetup":
      if (isTotpSetup(answer.totpSetup) && typeof verifier === "string") {
        const { totpSetup } = answer;
        return {
          result: { kind: "totpSetup", totpSetup, verifier },
          tokens: null,
        };
      }
      break;
    case "deviceCode":
      if (isDeviceCode(answer.deviceCode)) {
        const { deviceCode } = answer;
        return { result: { kind: "deviceCode", deviceCode }, tokens: null };
      }
      break;
  }
  throw new Error(
    "The signIn function returned something this client does not know. " +
      "Are the versions of client and server the same?",
  );
}

function signedIn(answer: Record<string, unknown>): SignInAnswer {
  const { recoveryCodes, restriction, trustedDevice } = answer;
  return {
    result: {
      kind: "signedIn",
      ...(isTexts(recoveryCodes) ? { recoveryCodes } : {}),
      ...(restriction === "secondFactorEnrollment" ? { restriction } : {}),
    },
    tokens: answer.tokens ?? null,
    ...(typeof trustedDevice === "string" ? { trustedDevice } : {}),
  };
}

const METHODS: readonly SecondFactorMethod[] = [
  ...(["totp", "passkey", "emailCode", "phoneCode", "recoveryCode"] as const),
];

/** The methods that this client knows; a newer server may have more. */
function methodsOf(value: unknown): SecondFactorMethod[] {
  const names: unknown[] = Array.isArray(value) ? value : ["totp"];
  return METHODS.filter((method) => names.includes(method));
}

function isTexts(value: unknown): value is string[] {
  return (
    Array.isArray(value) && value.every((text) => typeof text === "string")
  );
}

function asRecord(value: unknown): Record<string, unknown> | null {
  return typeof value === "object" && value !== null
    ? (value as Record<string, unknown>)
    : null;
}

function isTotpSetup(value: unknown): value is TotpSetup {
  const setup = asRecord(value);
  return (
    typeof setup?.uri === "string" &&
    typeof setup.secret === "string" &&
    typeof setup.totpId === "string"
  );
}

function isDeviceCode(value: unknown): value is DeviceCode {
  const code = asRecord(value);
  return (
    typeof code?.deviceCode === "string" &&
    typeof code.userCode === "string" &&
    typeof code.verificationUri === "string" &&
    typeof code.verificationUriComplete === "string" &&
    typeof code.expiresIn === "number" &&
    typeof code.interval === "number"
  );
}
