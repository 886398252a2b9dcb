import { defineTable } from "convex/server";
import { v } from "convex/values";

/** What is counted of a group. */
export const groupCounts = {
  /** Memberships, whatever their status. */
  members: v.number(),
  /** Invitations that wait for an answer. */
  pendingInvites: v.number(),
  /** Groups of the type `team` right below. */
  teams: v.number(),
  /** Roles of the organization's own. */
  roles: v.number(),
};

/**
 * How many rows a group has, for its limits and for pages that show it.
 *
 * Written with every row that is counted. It is apart from the group's row
 * because permission checks read that one and must not run again when somebody
 * joins. Additions to one group wait for each other, which its limits need.
 */
export const groupCountTable = defineTable({
  groupId: v.id("Group"),
  ...groupCounts,
}).index("groupId", ["groupId"]);
