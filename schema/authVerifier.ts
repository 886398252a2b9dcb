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
  /** What the ceremony is bound to. */
  signature: v.optional(v.string()),
  /** The session that began it, if somebody was signed in. */
  sessionId: v.optional(v.id("Session")),
  /** Until when it can be finished. */
  expirationTime: v.number(),
})
  .index("verifierHash", ["verifierHash"])
  .index("expirationTime", ["expirationTime"]);
