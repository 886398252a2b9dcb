import { v } from "convex/values";

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

/** A further result of `signIn` where the app has passkeys. */
export const passkeyOptionsResult = () =>
  v.object({
    kind: v.literal("passkeyOptions"),
    /** What `navigator.credentials` is called with, in its JSON form. */
    options: v.union(creationOptions(), requestOptions()),
    /** Names the ceremony; the client sends it back with the browser's answer. */
    verifier: v.string(),
  });
