import { defineTable } from "convex/server";
import { v } from "convex/values";

/**
 * Counters of the limiter. The key is a hash of what is counted.
 *
 * Written by attempts that fail and by requests that cost something; a
 * successful sign-in writes only to forget failures. Read by every attempt.
 */
export const rateLimitTable = defineTable({
  /** What is counted, hashed. */
  key: v.string(),
  /** The tokens left, or the failures counted. */
  value: v.number(),
  /** When `value` was right. */
  updatedTime: v.number(),
  /** Until when attempts are refused. */
  lockedUntil: v.optional(v.number()),
  /** From when on the row says no more than a missing one. */
  expirationTime: v.number(),
})
  .index("key", ["key"])
  .index("expirationTime", ["expirationTime"]);
