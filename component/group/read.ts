import { v } from "convex/values";
import { groupDocument } from "../../schema/group.js";
import { groupCounts } from "../../schema/groupCount.js";
import { query } from "../_generated/server.js";
import { findCounts } from "../groupCounts.js";
import { readLineage } from "../lineage.js";

/** A group, or `null` if there is none, or it or one above it is deleted. */
export const get = query({
  args: { groupId: v.string() },
  returns: v.union(groupDocument, v.null()),
  handler: async (ctx, { groupId }) =>
    (await readLineage(ctx, groupId))[0] ?? null,
});

/** How many rows a group has, or `null` if there is no such group. */
export const counts = query({
  args: { groupId: v.string() },
  returns: v.union(v.object(groupCounts), v.null()),
  handler: async (ctx, args) => {
    const [group] = await readLineage(ctx, args.groupId);
    const counts = group ? await findCounts(ctx, group._id) : null;
    if (counts === null) {
      return null;
    }
    const { members, pendingInvites, teams, roles } = counts;
    return { members, pendingInvites, teams, roles };
  },
});
