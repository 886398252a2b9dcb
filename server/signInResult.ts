import { type Infer, type Validator, v } from "convex/values";
import type { passkeyOptionsResult } from "./passkeyResult.js";
import type {
  recoveryCodesResult,
  totpSetupResult,
} from "./secondFactorResult.js";

const signedIn = () =>
  v.object({
    kind: v.literal("signedIn"),
    /** `null` when the present session goes on. */
    tokens: v.union(
      v.object({
        /** The access token: an ES256 JWT that Convex verifies. */
        token: v.string(),
        /** The refresh token, to be exchanged once. */
        refreshToken: v.string(),
      }),
      v.null(),
    ),
    /** What the browser keeps, to be asked for no second factor again. */
    trustedDevice: v.optional(v.string()),
    /** What the session is restricted to, if it is. */
    restriction: v.optional(v.literal("secondFactorEnrollment")),
    /** The recovery codes that come with the first factor, this once. */
    recoveryCodes: v.optional(v.array(v.string())),
  });

const started = () =>
  v.object({
    kind: v.literal("started"),
    /** To be sent back with the code from the message. */
    verifier: v.optional(v.string()),
  });

const totpRequired = () =>
  v.object({
    kind: v.literal("totpRequired"),
    /** To be sent back with the second factor. */
    verifier: v.string(),
    /** What the second factor can be. */
    methods: v.array(
      v.union(
        v.literal("totp"),
        v.literal("passkey"),
        v.literal("emailCode"),
        v.literal("phoneCode"),
        v.literal("recoveryCode"),
      ),
    ),
  });

/**
 * What the `signIn` action returns: the tokens of a session, or what is to be
 * done next.
 */
export type SignInActionResult = Infer<
  ReturnType<
    | typeof signedIn
    | typeof started
    | typeof totpRequired
    | typeof passkeyOptionsResult
    | typeof totpSetupResult
    | typeof recoveryCodesResult
  >
>;

/** Validators of what only some providers answer, by `kind`. */
export type FurtherResults = Record<
  string,
  Validator<SignInActionResult, "required", string>
>;

/**
 * What the `signIn` action returns. It is a function, because Convex asks for
 * validators only when the app is deployed.
 *
 * @param further What the providers of the app answer besides.
 */
export function signInActionResult(further: FurtherResults) {
  const results: FurtherResults = {
    signedIn: signedIn(),
    started: started(),
    totpRequired: totpRequired(),
    ...further,
  };
  return v.union(...Object.values(results));
}

/** What a browser is to do for a passkey, in the JSON form of WebAuthn. */
export type PasskeyOptionsJson = Infer<
  ReturnType<typeof passkeyOptionsResult>
>["options"];
