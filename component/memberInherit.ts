import { v } from "convex/values";
import { groupMemberDocument } from "../schema/groupMember.js";
import { query } from "./_generated/server.js";
import { decide } from "./accessCore.js";
import { readLineage } from "./lineage.js";
import { readStanding } from "./standing.js";

/**
 * The membership that counts for a user in a group: the one in the group
 * itself, or else in the nearest group above. With `roles`, only memberships
 * with one of these match. What is not found is `null`. Reads the user, and a
 * group and a membership for each level.
 */
export const inherit = query({
  args: {
    userId: v.string(),
    groupId: v.string(),
    roles: v.optional(v.array(v.string())),
    maxDepth: v.optional(v.number()),
  },
  returns: v.object({
    requestedGroupId: v.string(),
    matchedGroupId: v.union(v.id("Group"), v.null()),
    membership: v.union(groupMemberDocument, v.null()),
    depth: v.union(v.number(), v.null()),
    isDirect: v.boolean(),
    isInherited: v.boolean(),
    traversedGroupIds: v.array(v.string()),
    cycleDetected: v.boolean(),
    maxDepthReached: v.boolean(),
    secondFactorRequired: v.boolean(),
  }),
  handler: async (ctx, { userId, groupId, roles, maxDepth }) => {
    const lineage = await readLineage(ctx, groupId);
    const standing = await readStanding(ctx, userId, lineage);
    const { matchedGroupId, membershipId, depth, ...found } = decide(
      "memberInherit",
      { ...{ now: Date.now(), lineage, standing }, ...{ roles, maxDepth } },
    );
    const group = lineage.find((group) => group._id === matchedGroupId);
    const membership = standing.memberships.find(
      (membership) => membership._id === membershipId,
    );
    return {
      requestedGroupId: groupId,
      matchedGroupId: group?._id ?? null,
      membership: membership ?? null,
      depth: depth ?? null,
      ...found,
    };
  },
});
