import { defineTable } from "convex/server";
import { v } from "convex/values";

/**
 * The slugs that groups have or had, so that links to a group never lead to
 * somebody else's after a change.
 *
 * Written when a group gets a slug or is moved; deleted with the group. Read
 * when a group wants a slug.
 */
export const groupSlugTable = defineTable({
  groupId: v.id("Group"),
  /** The group above when the slug was taken; missing for organizations. */
  parentGroupId: v.optional(v.id("Group")),
  slug: v.string(),
})
  .index("groupId", ["groupId"])
  .index("parentGroupId_slug", ["parentGroupId", "slug"]);
