import { defineTable } from "convex/server";
import { v } from "convex/values";
import { groupInviteFields } from "./groupInvite.js";

/**
 * Invitations. Of the token, only the hash is stored.
 *
 * Written when one is made, sent again, accepted or revoked, and when it has
 * expired. Read by who accepts it, by the token's hash, and by lists.
 */
export const groupInviteTable = defineTable({
  ...groupInviteFields,
  /** The SHA-256 of the token's payload, in base64url. */
  tokenHash: v.string(),
})
  .index("tokenHash", ["tokenHash"])
  .index("groupId", ["groupId"])
  .index("groupId_status", ["groupId", "status"])
  .index("groupId_expiresTime", ["groupId", "expiresTime"])
  .index("groupId_acceptedTime", ["groupId", "acceptedTime"])
  .index("groupId_status_expiresTime", ["groupId", "status", "expiresTime"])
  .index("groupId_email_status", ["groupId", "email", "status"])
  .index("status", ["status"])
  .index("status_expiresTime", ["status", "expiresTime"])
  .index("email", ["email"])
  .index("expiresTime", ["expiresTime"])
  .index("acceptedTime", ["acceptedTime"])
  .index("invitedByUserId", ["invitedByUserId"]);
