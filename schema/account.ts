import { v } from "convex/values";

/** The columns of an account. */
export const accountFields = {
  /** The user whom the account signs in. */
  userId: v.id("User"),
  /** The provider's id in the app's configuration. */
  provider: v.string(),
  /** Who vouches for the identifier: `local:<provider>`, or an OAuth issuer. */
  issuer: v.string(),
  /** The identifier at the issuer: a normalised e-mail address for passwords. */
  accountId: v.string(),
  /** The password hash, a PHC string or the form of an imported system. */
  secret: v.optional(v.string()),
  /** When the user proved to own the identifier. */
  verifiedTime: v.optional(v.number()),
};

/** An account as it leaves the component: never with its secret. */
export const accountDocument = v.object({
  _id: v.id("Account"),
  _creationTime: v.number(),
  userId: accountFields.userId,
  provider: accountFields.provider,
  issuer: accountFields.issuer,
  accountId: accountFields.accountId,
  verifiedTime: accountFields.verifiedTime,
});
