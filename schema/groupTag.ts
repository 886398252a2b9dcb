import { defineTable } from "convex/server";
import { v } from "convex/values";

/**
 * The labels of groups, one row each, to find groups by them.
 *
 * Written with the group's row, whose `tags` are the same. Read by lists of
 * groups only. `groupTime` is the creation time of the group, so that a list
 * comes in that order whichever label leads to it.
 */
export const groupTagTable = defineTable({
  groupId: v.id("Group"),
  key: v.string(),
  value: v.string(),
  groupTime: v.number(),
})
  .index("groupId", ["groupId"])
  .index("key_value_groupTime_groupId", [
    "key",
    "value",
    "groupTime",
    "groupId",
  ]);
