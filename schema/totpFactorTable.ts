import { defineTable } from "convex/server";
import { v } from "convex/values";
import { totpFactorFields } from "./totpFactor.js";

/**
 * Authenticator apps (RFC 6238).
 *
 * Written when one is set up, confirmed or removed, and by each code that is
 * used. Read by sign-ins of its user that owe a second factor.
 */
export const totpFactorTable = defineTable({
  ...totpFactorFields,
  /** The secret: XChaCha20-Poly1305, bound to the user and `secretId`. */
  secret: v.string(),
  /** The random name of the secret. */
  secretId: v.string(),
  /** The latest time step whose code was used. */
  lastUsedStep: v.optional(v.number()),
  /** When the secret was made. */
  creationTime: v.number(),
})
  .index("userId", ["userId"])
  .index("verifiedTime_creationTime", ["verifiedTime", "creationTime"]);
