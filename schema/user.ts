import { defineTable } from "convex/server";
import { v } from "convex/values";

/** The columns of a user. */
export const userFields = {
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
  /** The app's own data about the user. */
  extend: v.optional(v.any()),
};

/**
 * People.
 *
 * Written when somebody signs up, proves an address, or the app patches the
 * user; never by a sign-in. Read by every sign-in and refresh, and by what the
 * app asks about users.
 */
export const userTable = defineTable(userFields)
  .index("email", ["email"])
  .index("phone", ["phone"])
  .index("name", ["name"])
  .index("isAnonymous", ["isAnonymous"]);

/** A user as it leaves the component. */
export const userDocument = v.object({
  _id: v.id("User"),
  _creationTime: v.number(),
  ...userFields,
});

/** What an app or a form may set of a user. */
export const userProfile = v.object({
  name: userFields.name,
  email: userFields.email,
  emailVerificationTime: userFields.emailVerificationTime,
  phone: userFields.phone,
  phoneVerificationTime: userFields.phoneVerificationTime,
  image: userFields.image,
  isAnonymous: userFields.isAnonymous,
});

/** The names of the fields an app may patch; every other one is protected. */
export const PATCHABLE_USER_FIELDS: readonly string[] = [
  ...Object.keys(userProfile.fields),
  "extend",
];
