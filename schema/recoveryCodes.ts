import { defineTable } from "convex/server";
import { v } from "convex/values";

/**
 * Recovery codes: one row for each user who has a second factor.
 *
 * Written when they are made and when one is used. Read by sign-ins of the user
 * that owe a second factor.
 */
export const recoveryCodesTable = defineTable({
  /** Whose codes they are. */
  userId: v.id("User"),
  /** The keyed hashes of those that were not used. */
  codes: v.array(v.string()),
  /** When they were made. */
  creationTime: v.number(),
}).index("userId", ["userId"]);
