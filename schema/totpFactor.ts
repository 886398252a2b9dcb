import { defineTable } from "convex/server";
import { v } from "convex/values";

const fields = {
  /** Whose app it is. */
  userId: v.id("User"),
  /** What the user calls it. */
  name: v.optional(v.string()),
  /** The hash function (RFC 6238, section 1.2). */
  algorithm: v.union(
    v.literal("SHA1"),
    v.literal("SHA256"),
    v.literal("SHA512"),
  ),
  /** Digits of a code. */
  digits: v.union(v.literal(6), v.literal(8)),
  /** Seconds of a time step. */
  period: v.number(),
  /** When the first code was right; until then the app counts for nothing. */
  verifiedTime: v.optional(v.number()),
};

/**
 * Authenticator apps (RFC 6238).
 *
 * Written when one is set up, confirmed or removed, and by each code that is
 * used. Read by sign-ins of its user that owe a second factor.
 */
export const totpFactorTable = defineTable({
  ...fields,
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

/** An authenticator app as it leaves the component. */
export const totpFactorDocument = v.object({
  _id: v.id("TotpFactor"),
  _creationTime: v.number(),
  ...fields,
});
