import { v } from "convex/values";
import { auth } from "./auth";
import { authMutation, authQuery } from "./functions";
import { personName } from "./personName";

/** How many members a page of the list has. */
const PAGE_SIZE = 50;

/** Who belongs to a group, in pages; each is live. */
export const list = authQuery({
  permissions: "member",
  args: { cursor: v.union(v.string(), v.null()) },
  returns: v.object({
    items: v.array(
      v.object({
        _id: v.string(),
        _creationTime: v.number(),
        userId: v.string(),
        name: v.string(),
        email: v.optional(v.string()),
        roles: v.array(v.string()),
        isYou: v.boolean(),
      }),
    ),
    nextCursor: v.union(v.string(), v.null()),
  }),
  handler: async (ctx, { cursor }) => {
    const { groupId } = ctx;
    const { items, nextCursor } = await auth.member.list(ctx, {
      where: { groupId },
      ...{ order: "asc", cursor, limit: PAGE_SIZE },
    });
    return {
      items: await Promise.all(
        items.map(async ({ _id, _creationTime, userId, roles }) => {
          const user = await auth.user.get(ctx, userId);
          return {
            ...{ _id, _creationTime, userId, roles },
            name: personName(user),
            email: user?.email,
            isYou: userId === ctx.userId,
          };
        }),
      ),
      nextCursor,
    };
  },
});

/** Takes somebody of the organization into a group below it. */
export const add = authMutation({
  permissions: { member: ["create"] },
  args: { userId: v.string(), roles: v.array(v.string()) },
  returns: v.null(),
  handler: async (ctx, { userId, roles }) => {
    const { groupId } = ctx;
    // Strangers are invited instead. The membership above is a direct one or
    // one that comes down from the organization.
    await auth.member.require(ctx, { userId, groupId });
    await auth.member.add(ctx, {
      ...{ groupId, userId, roles },
      actorUserId: ctx.userId,
    });
    return null;
  },
});

/** Gives a member other roles. */
export const changeRoles = authMutation({
  permissions: { member: ["update"] },
  args: { memberId: v.string(), roles: v.array(v.string()) },
  returns: v.null(),
  handler: async (ctx, { memberId, roles }) => {
    const actor = { actorUserId: ctx.userId };
    await auth.member.update(ctx, memberId, { roles }, actor);
    return null;
  },
});

/** Removes a member, also from all groups below. */
export const remove = authMutation({
  permissions: { member: ["delete"] },
  args: { memberId: v.string() },
  returns: v.null(),
  handler: async (ctx, { memberId }) => {
    await auth.member.remove(ctx, memberId, { actorUserId: ctx.userId });
    return null;
  },
});

/** Ends the caller's own membership. */
export const leave = authMutation({
  permissions: "member",
  args: {},
  returns: v.null(),
  handler: async (ctx) => {
    const { userId, groupId } = ctx;
    await auth.member.leave(ctx, { userId, groupId });
    return null;
  },
});
