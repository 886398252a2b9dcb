import { defineTable } from "convex/server";
import { v } from "convex/values";
import { statement } from "./groupRole.js";
import { keyQuota, keyRateLimit } from "./keyLimits.js";

const fields = {
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

/**
 * API keys. Of a key, only the hash of its secret is stored.
 *
 * Written when one is made, changed, rotated or revoked, when it has ended, and
 * at most once an hour when it is used. Read by whoever presents one, by its
 * selector, and by lists.
 */
export const apiKeyTable = defineTable({
  ...fields,
  /** By what it is found: 128 random bits in base64url, which are no secret. */
  selector: v.string(),
  /** The SHA-256 of its secret, in base64url. */
  secretHash: v.string(),
  /** Over how many rows of `ApiKeyCounter` its counts are spread. */
  shards: v.number(),
  /** Since when windows follow each other. */
  limitTime: v.number(),
  /** Since when refills of its quota follow each other. */
  quotaTime: v.number(),
  /** When it is deleted, if it has ended or will end. */
  purgeTime: v.optional(v.number()),
})
  .index("selector", ["selector"])
  .index("userId", ["userId"])
  .index("userId_revoked", ["userId", "revoked"])
  .index("userId_name", ["userId", "name"])
  .index("userId_lastUsedAt", ["userId", "lastUsedAt"])
  .index("userId_expiresAt", ["userId", "expiresAt"])
  .index("groupId", ["groupId"])
  .index("groupId_revoked", ["groupId", "revoked"])
  .index("groupId_name", ["groupId", "name"])
  .index("groupId_lastUsedAt", ["groupId", "lastUsedAt"])
  .index("groupId_expiresAt", ["groupId", "expiresAt"])
  .index("createdByUserId_leave", [
    "createdByUserId",
    "revokeOnLeave",
    "revoked",
  ])
  .index("revoked", ["revoked"])
  .index("name", ["name"])
  .index("prefix", ["prefix"])
  .index("lastUsedAt", ["lastUsedAt"])
  .index("expiresAt", ["expiresAt"])
  .index("expiredTime_expiresAt", ["expiredTime", "expiresAt"])
  .index("purgeTime", ["purgeTime"]);

/** An API key as it leaves the component: without secret and counts. */
export const apiKeyDocument = v.object({
  _id: v.id("ApiKey"),
  _creationTime: v.number(),
  ...fields,
});
