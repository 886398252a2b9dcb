import { v } from "convex/values";

/** What can become of an invitation. */
export const inviteStatus = v.union(
  v.literal("pending"),
  v.literal("accepted"),
  v.literal("revoked"),
  v.literal("expired"),
);

/** The columns of an invitation that leave the component. */
export const groupInviteFields = {
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

/** An invitation as it leaves the component: without the token's hash. */
export const groupInviteDocument = v.object({
  _id: v.id("GroupInvite"),
  _creationTime: v.number(),
  ...groupInviteFields,
});
