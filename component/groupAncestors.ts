/** The groups above a group. */
import { v } from "convex/values";
import { groupDocument } from "../schema/group.js";
import { query } from "./_generated/server.js";
import { decide } from "./accessCore.js";
import { readLineage } from "./lineage.js";

/**
 * The groups above a group, nearest first; none for a group that is not there.
 * `maxDepth` is a number of levels, 32 by default and at most.
 */
export const list = query({
  args: {
    groupId: v.string(),
    maxDepth: v.optional(v.number()),
    includeSelf: v.optional(v.boolean()),
  },
  returns: v.object({
    ancestors: v.array(groupDocument),
    cycleDetected: v.boolean(),
    maxDepthReached: v.boolean(),
  }),
  handler: async (ctx, { groupId, maxDepth, includeSelf }) => {
    const lineage = await readLineage(ctx, groupId);
    const { ancestorIds, ...found } = decide("groupAncestors", {
      ...{ lineage, maxDepth, includeSelf },
    });
    const groups = new Map<string, (typeof lineage)[number]>(
      lineage.map((group) => [group._id, group]),
    );
    const ancestors = ancestorIds.flatMap((id) => groups.get(id) ?? []);
    return { ancestors, ...found };
  },
});
