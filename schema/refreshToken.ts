import { defineTable } from "convex/server";
import { v } from "convex/values";

/**
 * Families of refresh tokens: one row for each session.
 *
 * Written by the sign-in that opens the session and by each refresh. Read by
 * refreshes only, so that refreshing a session disturbs no live query.
 */
export const refreshTokenTable = defineTable({
  /** The session. */
  sessionId: v.id("Session"),
  /** SHA-256 of the family selector. */
  familyHash: v.string(),
  /** SHA-256 of the current secret. */
  tokenHash: v.string(),
  /** SHA-256 of the secret before it. */
  previousHash: v.optional(v.string()),
  /** When the secret before it was used. */
  rotatedTime: v.optional(v.number()),
  /** Together with the secret before it: what the current one derives from. */
  successorSalt: v.optional(v.string()),
  /** When the session ends if it is not refreshed before. */
  expirationTime: v.number(),
})
  .index("familyHash", ["familyHash"])
  .index("sessionId", ["sessionId"])
  .index("expirationTime", ["expirationTime"]);
