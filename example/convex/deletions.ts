import { v } from "convex/values";
import { auth } from "./auth";
import { authMutation, authQuery } from "./functions";

/** How many deletions of one person are shown. */
const SHOWN = 20;

/** Deletes an organization with all groups, memberships and invitations. */
export const begin = authMutation({
  permissions: { organization: ["delete"] },
  args: {},
  returns: v.null(),
  handler: async (ctx) => {
    const { userId, groupId } = ctx;
    const group = await auth.group.get(ctx, groupId);
    await auth.group.delete(ctx, groupId, { actorUserId: userId });
    await ctx.db.insert("deletions", {
      ...{ groupId, userId, name: group?.name ?? "" },
      dueTime: Date.now() + (group?.settings?.deletionGraceMs ?? 0),
    });
    return null;
  },
});

/** Deletes a group with all groups below it; its members stay elsewhere. */
export const beginGroup = authMutation({
  permissions: { team: ["delete"] },
  args: {},
  returns: v.null(),
  handler: async (ctx) => {
    const { userId, groupId } = ctx;
    const [group, { ancestors }] = await Promise.all([
      auth.group.get(ctx, groupId),
      auth.group.ancestors(ctx, { groupId }),
    ]);
    await auth.group.delete(ctx, groupId, { actorUserId: userId });
    await ctx.db.insert("deletions", {
      ...{ groupId, userId, name: group?.name ?? "" },
      organizationId: ancestors.at(-1)?._id ?? groupId,
      // Only organizations have a grace period.
      dueTime: Date.now(),
    });
    return null;
  },
});

/**
 * What the caller deleted, and how far that is; live.
 *
 * Without an `organizationId` these are organizations, with one the groups in
 * that one.
 */
export const list = authQuery({
  permissions: "signedIn",
  args: { organizationId: v.optional(v.string()) },
  returns: v.array(
    v.object({
      _id: v.id("deletions"),
      name: v.string(),
      dueTime: v.number(),
      state: v.union(
        v.literal("waiting"),
        v.literal("running"),
        v.literal("done"),
      ),
      removed: v.number(),
      total: v.number(),
    }),
  ),
  handler: async (ctx, { organizationId }) => {
    const deletions = await ctx.db
      .query("deletions")
      .withIndex("userId_organizationId", (range) =>
        range.eq("userId", ctx.userId).eq("organizationId", organizationId),
      )
      .order("desc")
      .take(SHOWN);
    return await Promise.all(
      deletions.map(async ({ _id, groupId, name, dueTime }) => {
        const progress = await auth.group.deletionStatus(ctx, groupId);
        return {
          ...{ _id, name, dueTime },
          // The record of a deletion goes a week after its end.
          state: progress?.state ?? ("done" as const),
          removed: progress?.members ?? 0,
          total: progress?.totalMembers ?? 0,
        };
      }),
    );
  },
});

/** Brings an organization back whose grace period has not ended. */
export const undo = authMutation({
  permissions: "signedIn",
  args: { deletionId: v.id("deletions") },
  returns: v.null(),
  handler: async (ctx, { deletionId }) => {
    const { userId } = ctx;
    const deletion = await ctx.db.get("deletions", deletionId);
    if (deletion?.userId === userId) {
      await auth.group.restore(ctx, deletion.groupId, { actorUserId: userId });
      await ctx.db.delete("deletions", deletionId);
    }
    return null;
  },
});

/** Takes a deletion that is done out of the list. */
export const dismiss = authMutation({
  permissions: "signedIn",
  args: { deletionId: v.id("deletions") },
  returns: v.null(),
  handler: async (ctx, { deletionId }) => {
    const deletion = await ctx.db.get("deletions", deletionId);
    if (deletion?.userId === ctx.userId) {
      await ctx.db.delete("deletions", deletionId);
    }
    return null;
  },
});
