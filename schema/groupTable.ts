import { defineTable } from "convex/server";
import { groupFields } from "./group.js";

/**
 * Groups: organizations at the roots, and whatever an app puts below.
 *
 * Written when a group is created, changed, moved or deleted, and when the tree
 * below it gets another height; never by a membership or an invitation, since
 * every permission check reads the rows from the group up to its root.
 */
export const groupTable = defineTable(groupFields)
  .index("name", ["name"])
  .index("slug", ["slug"])
  .index("type", ["type"])
  .index("isRoot", ["isRoot"])
  .index("parentGroupId", ["parentGroupId"])
  .index("parentGroupId_name", ["parentGroupId", "name"])
  .index("parentGroupId_slug", ["parentGroupId", "slug"])
  .index("parentGroupId_type", ["parentGroupId", "type"])
  .index("parentGroupId_deletedTime_height", [
    "parentGroupId",
    "deletedTime",
    "height",
  ])
  .index("deletedTime", ["deletedTime"]);
