import { defineTable } from "convex/server";
import { v } from "convex/values";

const fields = {
  /** Who trusts it. */
  userId: v.id("User"),
  /** When the second factor was proved on it. */
  creationTime: v.number(),
  /** When it was last recognised. */
  lastUsedTime: v.number(),
  /** Until when it is trusted. */
  expirationTime: v.number(),
  /** Its software. */
  userAgent: v.optional(v.string()),
};

/**
 * Devices on which a user is not asked for the second factor.
 *
 * Written when one is trusted, recognised or forgotten. Read by the sign-ins
 * that present its token, and by its user.
 */
export const trustedDeviceTable = defineTable({
  ...fields,
  /** SHA-256 of the current token. */
  tokenHash: v.string(),
})
  .index("tokenHash", ["tokenHash"])
  .index("userId", ["userId"])
  .index("expirationTime", ["expirationTime"]);

/** A trusted device as it leaves the component. */
export const trustedDeviceDocument = v.object({
  _id: v.id("TrustedDevice"),
  _creationTime: v.number(),
  ...fields,
});
