import { v } from "convex/values";

/** How many uses of a key there may be in a time. */
export const keyRateLimit = v.object({
  /** How many uses. */
  maxRequests: v.number(),
  /** In which time, in milliseconds. */
  windowMs: v.number(),
  /** How they are counted; in fixed windows when missing. */
  kind: v.optional(v.union(v.literal("fixedWindow"), v.literal("tokenBucket"))),
});

/** How many uses of a key there are in all. */
export const keyQuota = v.object({
  /** How many there are to begin with. */
  remaining: v.number(),
  /** How many there are after each refill. */
  refillAmount: v.optional(v.number()),
  /** The time between two refills, in milliseconds. */
  refillInterval: v.optional(v.number()),
});
