import { v } from "convex/values";

/** The columns of an authenticator app that leave the component. */
export const totpFactorFields = {
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

/** An authenticator app as it leaves the component. */
export const totpFactorDocument = v.object({
  _id: v.id("TotpFactor"),
  _creationTime: v.number(),
  ...totpFactorFields,
});
