import { v } from "convex/values";
import { statement } from "./groupRole.js";
import { keyQuota, keyRateLimit } from "./keyLimits.js";

/** The columns of an API key that leave the component. */
export const apiKeyFields = {
  /** Its kind, as the app names it. */
  configId: v.string(),
  /** What it begins with, without the `_` that follows. */
  prefix: v.string(),
  /** How it begins, to tell keys apart. */
  start: v.string(),
  /** The user who owns it, unless a group does. */
  userId: v.optional(v.id("User")),
  /** The group that owns it. */
  groupId: v.optional(v.id("Group")),
  /** Who made it; missing when the app did. */
  createdByUserId: v.optional(v.id("User")),
  /** Its name. */
  name: v.string(),
  /** What it may be used for. */
  scopes: v.array(statement),
  /** How many uses there may be in a time. */
  rateLimit: v.optional(keyRateLimit),
  /** How many uses there are in all. */
  quota: v.optional(keyQuota),
  /** Whether it works. */
  enabled: v.boolean(),
  /** Whether it was revoked, for good. */
  revoked: v.boolean(),
  /** When it was revoked. */
  revokedTime: v.optional(v.number()),
  /** From when on it no longer works. */
  expiresAt: v.optional(v.number()),
  /** When it was found to have expired. */
  expiredTime: v.optional(v.number()),
  /** When its quota was found to be used up. */
  exhaustedTime: v.optional(v.number()),
  /** When it was used last, to the hour. */
  lastUsedAt: v.optional(v.number()),
  /** Whether it is revoked when who made it leaves the group. */
  revokeOnLeave: v.boolean(),
  /** The key that has replaced it. */
  successorKeyId: v.optional(v.id("ApiKey")),
  /** The app's own data about the key. */
  metadata: v.optional(v.any()),
};

/** An API key as it leaves the component: without secret and counts. */
export const apiKeyDocument = v.object({
  _id: v.id("ApiKey"),
  _creationTime: v.number(),
  ...apiKeyFields,
});
