import { defineTable } from "convex/server";
import { v } from "convex/values";
import { removalProgress } from "./removalJob.js";

/**
 * Removals that are too large for one transaction: what is removed, and how
 * far that is. What is removed is invisible from the first transaction on.
 *
 * Written by each batch; a cron starts again what has come to a stop, and
 * deletes rows a week after their end. Read by who asks how far it is.
 */
export const removalJobTable = defineTable({
  /** A group with all below, a user, or a user's place in an organization. */
  kind: v.union(v.literal("group"), v.literal("user"), v.literal("member")),
  /** The id of the group, the user or the membership. */
  subjectId: v.string(),
  /** Counts the starts: a batch of an earlier start does nothing. */
  run: v.number(),
  /** When a waiting removal begins. */
  dueTime: v.optional(v.number()),
  /** Where the next batch goes on, when rows that it looks at may stay. */
  cursor: v.optional(v.string()),
  ...removalProgress.fields,
})
  .index("subjectId", ["subjectId"])
  .index("state_dueTime", ["state", "dueTime"])
  .index("state_updatedTime", ["state", "updatedTime"]);
