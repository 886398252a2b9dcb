import { v, type Infer } from "convex/values";

/** Credentials that a browser knows, in the JSON form of WebAuthn. */
const descriptors = () =>
  v.array(
    v.object({
      type: v.string(),
      id: v.string(),
      transports: v.optional(v.array(v.string())),
    }),
  );

/** `PublicKeyCredentialCreationOptionsJSON` (WebAuthn Level 3, section 5.1.8). */
const creationOptions = () =>
  v.object({
    rp: v.object({ id: v.string(), name: v.string() }),
    user: v.object({
      id: v.string(),
      name: v.string(),
      displayName: v.string(),
    }),
    challenge: v.string(),
    pubKeyCredParams: v.array(v.object({ type: v.string(), alg: v.number() })),
    timeout: v.number(),
    excludeCredentials: descriptors(),
    authenticatorSelection: v.object({
      residentKey: v.string(),
      requireResidentKey: v.boolean(),
      userVerification: v.string(),
    }),
    attestation: v.string(),
    extensions: v.object({ credProps: v.boolean() }),
  });

/** `PublicKeyCredentialRequestOptionsJSON` (WebAuthn Level 3, section 5.1.9). */
const requestOptions = () =>
  v.object({
    rpId: v.string(),
    challenge: v.string(),
    timeout: v.number(),
    allowCredentials: descriptors(),
    userVerification: v.string(),
  });

/**
 * What the `signIn` action returns. It is a function, because Convex asks for
 * validators only when the app is deployed.
 */
export const signInActionResult = () =>
  v.union(
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
    }),
    v.object({
      kind: v.literal("passkeyOptions"),
      /** What `navigator.credentials` is called with, in its JSON form. */
      options: v.union(creationOptions(), requestOptions()),
      /** To be sent back with what the browser has answered. */
      verifier: v.string(),
    }),
    v.object({
      kind: v.literal("started"),
      /** To be sent back with the code from the message. */
      verifier: v.optional(v.string()),
    }),
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
    }),
    v.object({
      kind: v.literal("totpSetup"),
      /** What an authenticator app is set up with. */
      totpSetup: v.object({
        /** The `otpauth://` address for a QR code. */
        uri: v.string(),
        /** The secret in base32, for typing it in. */
        secret: v.string(),
        /** The id of the app that is being set up. */
        totpId: v.string(),
      }),
      /** The same id. */
      verifier: v.string(),
    }),
    v.object({
      kind: v.literal("recoveryCodes"),
      /** The new codes, this once. */
      recoveryCodes: v.array(v.string()),
    }),
  );

/**
 * What the `signIn` action returns: the tokens of a session, or what is to be
 * done next.
 */
export type SignInActionResult = Infer<ReturnType<typeof signInActionResult>>;

/** What a browser is to do for a passkey, in the JSON form of WebAuthn. */
export type PasskeyOptionsJson = Extract<
  SignInActionResult,
  { kind: "passkeyOptions" }
>["options"];
