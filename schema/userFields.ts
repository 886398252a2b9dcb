import { v } from "convex/values";

/**
 * The validators are functions: an app's module is evaluated on every call, and
 * Convex asks for validators only when the app is deployed.
 */

/** The columns of a user. */
export const userFields = () => ({
  /** The name to show. */
  name: v.optional(v.string()),
  /** The e-mail address, normalised. */
  email: v.optional(v.string()),
  /** When the user proved the address (milliseconds since 1970). */
  emailVerificationTime: v.optional(v.number()),
  /** The telephone number (E.164). */
  phone: v.optional(v.string()),
  /** When the user proved the number. */
  phoneVerificationTime: v.optional(v.number()),
  /** The https address of a picture. */
  image: v.optional(v.string()),
  /** Whether the user has no way to sign in again. */
  isAnonymous: v.optional(v.boolean()),
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

/** What an app or a form may set of a user. */
export const userProfile = () => {
  const fields = userFields();
  return v.object({
    name: fields.name,
    email: fields.email,
    emailVerificationTime: fields.emailVerificationTime,
    phone: fields.phone,
    phoneVerificationTime: fields.phoneVerificationTime,
    image: fields.image,
    isAnonymous: fields.isAnonymous,
  });
};

/** The names of the fields an app may patch; every other one is protected. */
export const patchableUserFields = (): readonly string[] => [
  ...Object.keys(userProfile().fields),
  "extend",
];
