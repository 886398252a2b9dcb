/**
 * The functions of that component: each reads one row, or deletes rows and
 * does nothing else.
 */
import { mutationGeneric, queryGeneric } from "convex/server";
import { v } from "convex/values";

export const groupById = queryGeneric({
  args: { groupId: v.id("group") },
  returns: v.any(),
  handler: (ctx, { groupId }) => ctx.db.get("group", groupId),
});

export const memberByGroupAndUser = queryGeneric({
  args: { groupId: v.id("group"), userId: v.string() },
  returns: v.any(),
  handler: (ctx, { groupId, userId }) =>
    ctx.db
      .query("member")
      .withIndex("groupId_userId", (q) =>
        q.eq("groupId", groupId).eq("userId", userId),
      )
      .unique(),
});

export const deleteMembers = mutationGeneric({
  args: { groupId: v.id("group"), limit: v.number() },
  returns: v.number(),
  handler: async (ctx, { groupId, limit }) => {
    const rows = await ctx.db
      .query("member")
      .withIndex("groupId_userId", (q) => q.eq("groupId", groupId))
      .take(limit);
    for (const { _id } of rows) await ctx.db.delete("member", _id);
    return rows.length;
  },
});
