import { defineTable } from "convex/server";
import { v } from "convex/values";

/**
 * Who has accepted which invitation, so that accepting again changes nothing.
 *
 * Inserted by an acceptance; deleted with the invitation or the group. Read by
 * acceptances, and by lists of what somebody has accepted.
 */
export const groupInviteAcceptanceTable = defineTable({
  inviteId: v.id("GroupInvite"),
  groupId: v.optional(v.id("Group")),
  userId: v.id("User"),
  /** The membership that came of it, if the invitation was to a group. */
  memberId: v.optional(v.id("GroupMember")),
  /** The creation time of the invitation, for lists in that order. */
  inviteTime: v.number(),
})
  .index("inviteId_userId", ["inviteId", "userId"])
  .index("groupId", ["groupId"])
  .index("userId", ["userId"])
  .index("userId_inviteTime", ["userId", "inviteTime"]);
