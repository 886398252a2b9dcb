import { v } from "convex/values";

/** A method that can answer a challenge. */
export const secondFactorMethod = v.union(
  v.literal("totp"),
  v.literal("passkey"),
  v.literal("emailCode"),
  v.literal("phoneCode"),
  v.literal("recoveryCode"),
);

/** An operation that was not carried out, and why. */
export const refusal = v.object({
  /** The error code. */
  code: v.string(),
  /** A sentence for developers. */
  message: v.string(),
  /** Milliseconds after which it is worth to try again. */
  retryAfterMs: v.optional(v.number()),
  /** Seconds that a proof may be old (RFC 9470, section 3). */
  maxAge: v.optional(v.number()),
  /** With what a step-up can be proved. */
  methods: v.optional(v.array(secondFactorMethod)),
});

/** The tokens of a session, in the clear. */
export const tokens = v.object({
  /** The access token (JWT). */
  token: v.string(),
  /** The refresh token. */
  refreshToken: v.string(),
});

/** What an operation without a result of its own answers. */
export const doneOrRefused = v.union(
  v.object({ kind: v.literal("done") }),
  v.object({ kind: v.literal("refused"), refusal }),
);
