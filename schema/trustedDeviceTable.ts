import { defineTable } from "convex/server";
import { v } from "convex/values";
import { trustedDeviceFields } from "./trustedDevice.js";

/**
 * Devices on which a user is not asked for the second factor.
 *
 * Written when one is trusted, recognised or forgotten. Read by the sign-ins
 * that present its token, and by its user.
 */
export const trustedDeviceTable = defineTable({
  ...trustedDeviceFields,
  /** SHA-256 of the current token. */
  tokenHash: v.string(),
})
  .index("tokenHash", ["tokenHash"])
  .index("userId", ["userId"])
  .index("expirationTime", ["expirationTime"]);
