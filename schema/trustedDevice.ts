import { v } from "convex/values";

/** The columns of a trusted device that leave the component. */
export const trustedDeviceFields = {
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

/** A trusted device as it leaves the component. */
export const trustedDeviceDocument = v.object({
  _id: v.id("TrustedDevice"),
  _creationTime: v.number(),
  ...trustedDeviceFields,
});
