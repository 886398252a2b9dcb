import { v } from "convex/values";

/** What an attestation proves (WebAuthn Level 3, section 6.5.3). */
export const attestationKind = v.union(
  v.literal("none"),
  v.literal("self"),
  v.literal("basic"),
  v.literal("unverified"),
);

/** The app's settings for passkeys. */
export const passkeyConfig = v.object({
  provider: v.string(),
  rpId: v.string(),
  rpName: v.string(),
  origins: v.array(v.string()),
  topOrigins: v.optional(v.array(v.string())),
  userVerification: v.optional(
    v.union(
      v.literal("required"),
      v.literal("preferred"),
      v.literal("discouraged"),
    ),
  ),
  attestation: v.optional(v.union(v.literal("none"), v.literal("direct"))),
  acceptedAttestation: v.optional(v.array(attestationKind)),
  allowedModels: v.optional(v.array(v.string())),
  refusedModels: v.optional(v.array(v.string())),
  refusesCounterRegression: v.optional(v.boolean()),
  maxPasskeys: v.optional(v.number()),
  timeoutMs: v.optional(v.number()),
  codeDigits: v.optional(v.number()),
  codeLifetimeMs: v.optional(v.number()),
});

const descriptors = v.array(
  v.object({
    type: v.string(),
    id: v.string(),
    transports: v.optional(v.array(v.string())),
  }),
);

/** `PublicKeyCredentialCreationOptionsJSON` (WebAuthn Level 3, section 5.1.8). */
export const creationOptions = v.object({
  rp: v.object({ id: v.string(), name: v.string() }),
  user: v.object({
    id: v.string(),
    name: v.string(),
    displayName: v.string(),
  }),
  challenge: v.string(),
  pubKeyCredParams: v.array(v.object({ type: v.string(), alg: v.number() })),
  timeout: v.number(),
  excludeCredentials: descriptors,
  authenticatorSelection: v.object({
    residentKey: v.string(),
    requireResidentKey: v.boolean(),
    userVerification: v.string(),
  }),
  attestation: v.string(),
  extensions: v.object({ credProps: v.boolean() }),
});

/** `PublicKeyCredentialRequestOptionsJSON` (WebAuthn Level 3, section 5.1.9). */
export const requestOptions = v.object({
  rpId: v.string(),
  challenge: v.string(),
  timeout: v.number(),
  allowCredentials: descriptors,
  userVerification: v.string(),
});

/** The parts of `RegistrationResponseJSON` that are looked at. */
export const registrationInput = v.object({
  id: v.string(),
  clientDataJSON: v.string(),
  attestationObject: v.string(),
  transports: v.array(v.string()),
});

/** The parts of `AuthenticationResponseJSON` that are looked at. */
export const assertionInput = v.object({
  id: v.string(),
  clientDataJSON: v.string(),
  authenticatorData: v.string(),
  signature: v.string(),
  userHandle: v.optional(v.string()),
});
