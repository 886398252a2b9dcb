import { defineTable } from "convex/server";
import { v } from "convex/values";

/**
 * How often API keys were used. A key with limits has up to sixteen rows, so
 * that uses at the same time seldom meet in one.
 *
 * Written by uses that are counted. Read by them: one row, and all of a key
 * when that one has nothing left.
 */
export const apiKeyCounterTable = defineTable({
  /** The key. */
  keyId: v.id("ApiKey"),
  /** Which of the key's rows, from 0. */
  shard: v.number(),
  /** When the window of `windowUses` began, or when they were right. */
  windowTime: v.number(),
  /** The uses in the window. */
  windowUses: v.number(),
  /** When the last refill of the quota was due. */
  quotaTime: v.number(),
  /** The uses since then. */
  quotaUses: v.number(),
}).index("keyId_shard", ["keyId", "shard"]);
