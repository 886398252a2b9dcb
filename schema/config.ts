import { v } from "convex/values";

/** The app's settings for sessions. Bounds and defaults are the core's. */
export const sessionConfig = v.object({
  /** The `iss` claim: the deployment's site URL. */
  issuer: v.string(),
  /** The `aud` claim. */
  audience: v.optional(v.string()),
  /** Milliseconds an access token is valid. */
  accessTokenLifetimeMs: v.optional(v.number()),
  /** Milliseconds until a session ends even when it is used. */
  totalLifetimeMs: v.optional(v.number()),
  /** Milliseconds until a session ends when it is not used. */
  idleLifetimeMs: v.optional(v.number()),
  /** Milliseconds during which a used refresh token is accepted again. */
  refreshGraceMs: v.optional(v.number()),
  /** The most sessions of one user. */
  maxSessions: v.optional(v.number()),
});

/** What new passwords must look like. */
export const passwordPolicy = v.object({
  minLength: v.number(),
  maxLength: v.number(),
});

/** The cost of hashing a password (RFC 9106). */
export const argon2Parameters = v.object({
  memoryKib: v.number(),
  iterations: v.number(),
  parallelism: v.number(),
});

/** The app's settings for a provider of the kind `password`. */
export const passwordConfig = v.object({
  /** The provider's id. */
  provider: v.string(),
  /** What new passwords must look like. */
  policy: v.optional(passwordPolicy),
  /** The cost of hashing. */
  argon2: v.optional(argon2Parameters),
  /** Whether an address must be proved before the first session. */
  requireEmailVerification: v.boolean(),
  /** Digits of a generated code. */
  codeDigits: v.optional(v.number()),
  /** Milliseconds a code is valid. */
  codeLifetimeMs: v.optional(v.number()),
});
