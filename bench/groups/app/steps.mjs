/**
 * The membership that a user inherits, looked up in single steps: a query for
 * the membership in each group, and a query for each group, to know the one
 * above it. Eleven calls of the component for a match five levels up.
 */
import {
  componentsGeneric,
  mutationGeneric,
  queryGeneric,
} from "convex/server";
import { v } from "convex/values";

const { steps } = componentsGeneric().plain;

export const inherit = queryGeneric({
  args: { userId: v.string(), groupId: v.string() },
  returns: v.any(),
  handler: async (ctx, { userId, groupId }) => {
    let next = groupId;
    for (let depth = 0; next !== undefined && depth <= 32; depth++) {
      const membership = await ctx.runQuery(steps.memberByGroupAndUser, {
        groupId: next,
        userId,
      });
      if (membership?.status === "active") {
        return { matchedGroupId: next, membership, depth };
      }
      const group = await ctx.runQuery(steps.groupById, { groupId: next });
      next = group?.parentGroupId;
    }
    return { matchedGroupId: null, membership: null, depth: null };
  },
});

/** Deletes rows, and nothing else. */
export const removeMembers = mutationGeneric({
  args: { groupId: v.string(), limit: v.number() },
  returns: v.number(),
  handler: (ctx, args) => ctx.runMutation(steps.deleteMembers, args),
});
