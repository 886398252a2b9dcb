import { defineTable } from "convex/server";
import { v } from "convex/values";
import { codeFactorKind } from "./secondFactorConfig.js";

const fields = {
  /** Whose address it is. */
  userId: v.id("User"),
  /** By which way codes are sent. */
  method: codeFactorKind,
  /** The address or the number, normalised. */
  address: v.string(),
  /** When the first code was right; until then the address counts for nothing. */
  verifiedTime: v.optional(v.number()),
};

/**
 * Addresses that users have enrolled for codes as a second factor.
 *
 * Written when one is enrolled, confirmed or removed. Read by sign-ins of its
 * user that owe a second factor.
 */
export const codeFactorTable = defineTable({
  ...fields,
  /** The keyed hash of the first code, until it was right. */
  codeHash: v.optional(v.string()),
  /** When the address was named. */
  creationTime: v.number(),
})
  .index("userId", ["userId"])
  .index("verifiedTime_creationTime", ["verifiedTime", "creationTime"]);

/** An address for codes as it leaves the component. */
export const codeFactorDocument = v.object({
  _id: v.id("CodeFactor"),
  _creationTime: v.number(),
  ...fields,
});
