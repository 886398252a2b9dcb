/** Tables of a component that does everything in single steps. */
import { defineSchema, defineTable } from "convex/server";
import { v } from "convex/values";

export default defineSchema({
  group: defineTable({
    name: v.string(),
    parentGroupId: v.optional(v.id("group")),
  }),
  member: defineTable({
    groupId: v.id("group"),
    userId: v.string(),
    role: v.string(),
    status: v.string(),
  }).index("groupId_userId", ["groupId", "userId"]),
});
