import { v } from "convex/values";
import { refusal, secondFactorMethod, tokens } from "./result.js";

/** An e-mail that the app has to send. */
const delivery = v.object({
  /** Why. */
  purpose: v.union(
    v.literal("email-verification"),
    v.literal("password-reset"),
    v.literal("account-exists"),
    v.literal("account-missing"),
  ),
  /** To which address. */
  identifier: v.string(),
  /** The code, unless the e-mail only informs. */
  code: v.optional(v.string()),
  /** Until when the code can be used. */
  expirationTime: v.optional(v.number()),
});

/** The result of a sign-in, by any provider. */
export const signInResult = v.union(
  v.object({ kind: v.literal("refused"), refusal }),
  v.object({
    kind: v.literal("signedIn"),
    userId: v.string(),
    /** The new session; missing when the present one goes on. */
    sessionId: v.optional(v.string()),
    /** Its tokens, if they were asked for. */
    tokens: v.union(tokens, v.null()),
    /** The only use of the session, if it is restricted. */
    restriction: v.optional(v.literal("secondFactorEnrollment")),
    /** The token of the device that the user trusts, this once. */
    trustedDevice: v.optional(v.string()),
    /** Recovery codes, this once. */
    recoveryCodes: v.optional(v.array(v.string())),
  }),
  v.object({
    kind: v.literal("secondFactorRequired"),
    /** Who has proved the first factor. It is not for clients. */
    userId: v.string(),
    /** To be sent back with the second factor. */
    verifier: v.string(),
    /** The methods that can prove it. */
    methods: v.array(secondFactorMethod),
  }),
  v.object({
    kind: v.literal("started"),
    delivery,
    /** To be sent back with the code, if the code proves a new password. */
    verifier: v.optional(v.string()),
  }),
);
