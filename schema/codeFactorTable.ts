import { defineTable } from "convex/server";
import { v } from "convex/values";
import { codeFactorFields } from "./codeFactor.js";

/**
 * Addresses that users have enrolled for codes as a second factor.
 *
 * Written when one is enrolled, confirmed or removed. Read by sign-ins of its
 * user that owe a second factor.
 */
export const codeFactorTable = defineTable({
  ...codeFactorFields,
  /** The keyed hash of the first code, until it was right. */
  codeHash: v.optional(v.string()),
  /** When the address was named. */
  creationTime: v.number(),
})
  .index("userId", ["userId"])
  .index("verifiedTime_creationTime", ["verifiedTime", "creationTime"]);
