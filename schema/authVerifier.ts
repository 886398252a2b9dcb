import { defineTable } from "convex/server";
import { v } from "convex/values";

/**
 * Secrets that bind the second half of a ceremony to the client that began it.
 *
 * Written by providers that send the person elsewhere in between. Read by what
 * finishes the ceremony, and by the cleanup.
 */
export const authVerifierTable = defineTable({
  /** SHA-256 of the verifier. */
  verifierHash: v.string(),
  /** The session that began it, if somebody was signed in. */
  sessionId: v.optional(v.id("Session")),
  /** The ceremony with a passkey that it is, if it is one. */
  passkey: v.optional(
    v.object({
      /** What it is for. */
      ceremony: v.union(
        v.literal("registration"),
        v.literal("signIn"),
        v.literal("stepUp"),
        v.literal("signUp"),
      ),
      /** The challenge, in base64url. */
      challenge: v.string(),
      /** The user whom it is about, if that is settled. */
      userId: v.optional(v.id("User")),
      /** The credentials that were asked for, in base64url. */
      allowed: v.array(v.string()),
      /** What recognises the sign-in that waits for it as a second factor. */
      secondFactorHash: v.optional(v.string()),
      /** The user handle that the browser was given, if it is a stored one. */
      userHandle: v.optional(v.string()),
      /** The address that was proved, if it is a sign-up. */
      email: v.optional(v.string()),
      /** The name that the person signs up with. */
      name: v.optional(v.string()),
    }),
  ),
  /** Until when it can be finished. */
  expirationTime: v.number(),
})
  .index("verifierHash", ["verifierHash"])
  .index("expirationTime", ["expirationTime"]);
