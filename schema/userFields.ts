import { v } from "convex/values";

/**
 * The validators are functions: an app's module is evaluated on every call, and
 * Convex asks for validators only when the app is deployed.
 */

/** What an app or a form may set of a user. */
export const userProfile = () => {
  const text = v.optional(v.string());
  const time = v.optional(v.number());
  return v.object({
    /** The name to show. */
    name: text,
    /** The e-mail address, normalised. */
    email: text,
    /** When the user proved the address (milliseconds since 1970). */
    emailVerificationTime: time,
    /** The telephone number (E.164). */
    phone: text,
    /** When the user proved the number. */
    phoneVerificationTime: time,
    /** The https address of a picture. */
    image: text,
    /** Whether the user has no way to sign in again. */
    isAnonymous: v.optional(v.boolean()),
  });
};

/** The columns of a user. */
export const userFields = () => ({
  ...userProfile().fields,
  /** Since when the user is banned. */
  bannedTime: v.optional(v.number()),
  /** Until when the ban holds; for ever when missing. */
  banExpirationTime: v.optional(v.number()),
  /** The user's role in the whole app: `admin`, or none. */
  role: v.optional(v.string()),
  /** Since when the user has a second factor. */
  secondFactorTime: v.optional(v.number()),
  /** The group the user has selected. */
  activeGroupId: v.optional(v.string()),
  /** The app's own data about the user. */
  extend: v.optional(v.any()),
});
