import { defineTable } from "convex/server";
import { v } from "convex/values";
import { groupCounts } from "./groupCount.js";

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
