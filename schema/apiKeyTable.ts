import { defineTable } from "convex/server";
import { v } from "convex/values";
import { apiKeyFields } from "./apiKey.js";

/**
 * API keys. Of a key, only the hash of its secret is stored.
 *
 * Written when one is made, changed, rotated or revoked, when it has ended, and
 * at most once an hour when it is used. Read by its selector when it is
 * presented, and by lists.
 */
export const apiKeyTable = defineTable({
  ...apiKeyFields,
  /** The name by which it is found: 128 random bits in base64url, not secret. */
  selector: v.string(),
  /** The SHA-256 of its secret, in base64url. */
  secretHash: v.string(),
  /** The number of rows of `ApiKeyCounter` that hold its counts. */
  shards: v.number(),
  /** The start of the first window of its rate limit. */
  limitTime: v.number(),
  /** The time from which the refills of its quota are counted. */
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
