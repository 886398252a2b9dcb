import { defineTable } from "convex/server";
import { v } from "convex/values";

/**
 * Which roles memberships and invitations name, one row each, to find them by
 * role.
 *
 * Written with their rows. Read by lists that ask for a role, and before a role
 * is deleted; never by a permission check. `holderTime` keeps such lists in the
 * order in which members joined, whenever they got the role.
 */
export const groupRoleAssignmentTable = defineTable({
  /** What names the role. */
  holder: v.union(v.literal("member"), v.literal("invite")),
  /** The id of the membership or the invitation. */
  holderId: v.string(),
  /** The group it is about, if any. */
  groupId: v.optional(v.id("Group")),
  /** Who has the membership. */
  userId: v.optional(v.id("User")),
  /** The role's name. */
  role: v.string(),
  /** The role, if a membership names it and the organization has made it. */
  roleId: v.optional(v.id("GroupRole")),
  /** The creation time of the membership or the invitation. */
  holderTime: v.number(),
})
  .index("holderId", ["holderId"])
  .index("holder_role_holderTime", ["holder", "role", "holderTime"])
  .index("holder_groupId_role_holderTime", [
    "holder",
    "groupId",
    "role",
    "holderTime",
  ])
  .index("holder_userId_role_holderTime", [
    "holder",
    "userId",
    "role",
    "holderTime",
  ])
  .index("roleId", ["roleId"]);
