import { defineTable } from "convex/server";
import { v } from "convex/values";

/**
 * One-time tokens. Of a token, only the hash is stored.
 *
 * Written by the app that makes one; deleted by who uses it, or when it has
 * expired.
 */
export const oneTimeTokenTable = defineTable({
  /** The SHA-256 of the token's payload, in base64url. */
  tokenHash: v.string(),
  /** What it is for. */
  purpose: v.string(),
  /** Where it can be used; anywhere when missing. */
  audience: v.optional(v.string()),
  /** The user whom it is about. */
  userId: v.optional(v.id("User")),
  /** What the app has given it to carry. */
  data: v.optional(v.any()),
  /** Until when it can be used. */
  expirationTime: v.number(),
})
  .index("tokenHash", ["tokenHash"])
  .index("userId", ["userId"])
  .index("expirationTime", ["expirationTime"]);
