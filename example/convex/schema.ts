import { defineSchema, defineTable } from "convex/server";
import { v } from "convex/values";

export default defineSchema({
  /** The e-mails that a real app would send, for the demo's outbox page. */
  outbox: defineTable({
    to: v.string(),
    subject: v.string(),
    text: v.string(),
    code: v.optional(v.string()),
    /** The link in the e-mail, if it has one. */
    link: v.optional(v.string()),
    purpose: v.string(),
  }),

  /** What organizations publish: the app's own data, under its permissions. */
  reports: defineTable({
    /** The organization. */
    groupId: v.string(),
    title: v.string(),
    text: v.string(),
    /** Who published it, unless an organization's key did. */
    userId: v.optional(v.string()),
    /** The name of that key. */
    keyName: v.optional(v.string()),
  }).index("groupId", ["groupId"]),

  /**
   * Organizations and groups that were deleted, with their name, since they
   * themselves are invisible from then on. Kept until who deleted it has seen
   * the end.
   */
  deletions: defineTable({
    groupId: v.string(),
    /** In which organization the group was; missing for an organization. */
    organizationId: v.optional(v.string()),
    name: v.string(),
    /** Who deleted it. */
    userId: v.string(),
    /** Until when it can be restored; the time of the deletion if it cannot. */
    dueTime: v.number(),
  }).index("userId_organizationId", ["userId", "organizationId"]),
});
