import { defineTable } from "convex/server";
import { v } from "convex/values";

/** What can become of an invitation. */
export const inviteStatus = v.union(
  v.literal("pending"),
  v.literal("accepted"),
  v.literal("revoked"),
  v.literal("expired"),
);

const fields = {
  /** The group to join; missing for an invitation to the app alone. */
  groupId: v.optional(v.id("Group")),
  /** Who invites; missing when the app does. */
  invitedByUserId: v.optional(v.string()),
  /** Whom it is for, normalised; missing for a link that anybody may use. */
  email: v.optional(v.string()),
  /** The first of the roles, to sort by. */
  role: v.string(),
  /** The roles of the membership. */
  roles: v.array(v.string()),
  status: inviteStatus,
  /** Until when it can be accepted. */
  expiresTime: v.number(),
  /** How many people may accept it. */
  maxUses: v.number(),
  /** How many have. */
  uses: v.number(),
  /** When its token was last sent to `email` and shown to nobody else. */
  sentTime: v.optional(v.number()),
  /** Who accepted it last. */
  acceptedByUserId: v.optional(v.string()),
  /** When that was. */
  acceptedTime: v.optional(v.number()),
  /** The app's own data about the invitation. */
  extend: v.optional(v.any()),
};

/**
 * Invitations. Of the token, only the hash is stored.
 *
 * Written when one is made, sent again, accepted or revoked, and when it has
 * expired. Read by who accepts it, by the token's hash, and by lists.
 */
export const groupInviteTable = defineTable({
  ...fields,
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

/** An invitation as it leaves the component: without the token's hash. */
export const groupInviteDocument = v.object({
  _id: v.id("GroupInvite"),
  _creationTime: v.number(),
  ...fields,
});
