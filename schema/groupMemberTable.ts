import { defineTable } from "convex/server";
import { groupMemberFields } from "./groupMember.js";

/**
 * Who belongs to which group, at most once.
 *
 * Written when somebody joins, leaves or gets other roles. Read by every
 * permission check, by group and user.
 */
export const groupMemberTable = defineTable(groupMemberFields)
  .index("groupId", ["groupId"])
  .index("groupId_userId", ["groupId", "userId"])
  .index("groupId_role", ["groupId", "role"])
  .index("groupId_status", ["groupId", "status"])
  .index("groupId_isOwner", ["groupId", "isOwner"])
  .index("userId", ["userId"])
  .index("userId_isOwner", ["userId", "isOwner"])
  .index("role", ["role"])
  .index("status", ["status"]);
