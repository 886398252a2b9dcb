/** Functions of the app, each with one call of `auth`. */
import { mutationGeneric, queryGeneric } from "convex/server";
import { v } from "convex/values";
import { auth } from "./auth.mjs";

/** What the groups that are found by a label have. */
const label = { key: "plan", value: "free" };

const page = { limit: v.number(), cursor: v.union(v.string(), v.null()) };

export const inherit = queryGeneric({
  args: { userId: v.string(), groupId: v.string() },
  returns: v.any(),
  handler: (ctx, args) => auth.member.inherit(ctx, args),
});

/** Whether the user may create projects, as no built-in role allows. */
export const mayCreateProject = queryGeneric({
  args: { userId: v.string(), groupId: v.string() },
  returns: v.boolean(),
  handler: (ctx, args) =>
    auth.permission.check(ctx, {
      ...args,
      permissions: { project: ["create"] },
    }),
});

/** Whether the user may add members, as the built-in role `admin` allows. */
export const mayAddMember = queryGeneric({
  args: { userId: v.string(), groupId: v.string() },
  returns: v.boolean(),
  handler: (ctx, args) =>
    auth.permission.check(ctx, {
      ...args,
      permissions: { member: ["create"] },
    }),
});

export const get = queryGeneric({
  args: { groupId: v.string() },
  returns: v.any(),
  handler: (ctx, { groupId }) => auth.group.get(ctx, groupId),
});

export const roots = queryGeneric({
  args: page,
  returns: v.any(),
  handler: (ctx, options) =>
    auth.group.list(ctx, { where: { isRoot: true }, ...options }),
});

export const rootsByName = queryGeneric({
  args: page,
  returns: v.any(),
  handler: (ctx, options) =>
    auth.group.list(ctx, {
      where: { isRoot: true },
      orderBy: "name",
      ...options,
    }),
});

export const below = queryGeneric({
  args: { parentGroupId: v.string(), ...page },
  returns: v.any(),
  handler: (ctx, { parentGroupId, ...options }) =>
    auth.group.list(ctx, { where: { parentGroupId }, ...options }),
});

export const labelled = queryGeneric({
  args: page,
  returns: v.any(),
  handler: (ctx, options) =>
    auth.group.list(ctx, { where: { tagsAll: [label] }, ...options }),
});

export const members = queryGeneric({
  args: { groupId: v.string(), ...page },
  returns: v.any(),
  handler: (ctx, { groupId, ...options }) =>
    auth.member.list(ctx, { where: { groupId }, ...options }),
});

export const membersWithRole = queryGeneric({
  args: { groupId: v.string(), ...page },
  returns: v.any(),
  handler: (ctx, { groupId, ...options }) =>
    auth.member.list(ctx, { where: { groupId, role: "member" }, ...options }),
});

export const activeMembers = queryGeneric({
  args: { groupId: v.string(), ...page },
  returns: v.any(),
  handler: (ctx, { groupId, ...options }) =>
    auth.member.list(ctx, { where: { groupId, status: "active" }, ...options }),
});

export const membershipsOf = queryGeneric({
  args: { userId: v.string(), ...page },
  returns: v.any(),
  handler: (ctx, { userId, ...options }) =>
    auth.member.list(ctx, { where: { userId }, ...options }),
});

export const invites = queryGeneric({
  args: { groupId: v.string(), ...page },
  returns: v.any(),
  handler: (ctx, { groupId, ...options }) =>
    auth.invite.list(ctx, { where: { groupId }, ...options }),
});

export const pendingInvites = queryGeneric({
  args: { groupId: v.string(), ...page },
  returns: v.any(),
  handler: (ctx, { groupId, ...options }) =>
    auth.invite.list(ctx, {
      where: { groupId, status: "pending" },
      ...options,
    }),
});

export const move = mutationGeneric({
  args: { groupId: v.string(), parentGroupId: v.string() },
  returns: v.null(),
  handler: async (ctx, { groupId, parentGroupId }) => {
    await auth.group.update(ctx, groupId, { parentGroupId });
    return null;
  },
});

export const remove = mutationGeneric({
  args: { groupId: v.string(), actorUserId: v.optional(v.string()) },
  returns: v.null(),
  handler: async (ctx, { groupId, ...actor }) => {
    await auth.group.delete(ctx, groupId, actor);
    return null;
  },
});

export const removeUser = mutationGeneric({
  args: { userId: v.string() },
  returns: v.null(),
  handler: async (ctx, { userId }) => {
    await auth.user.remove(ctx, userId);
    return null;
  },
});

/** What is left to do of a removal. */
export const removal = queryGeneric({
  args: {
    subject: v.union(v.literal("group"), v.literal("user")),
    id: v.string(),
  },
  returns: v.any(),
  handler: (ctx, { subject, id }) =>
    subject === "group"
      ? auth.group.deletionStatus(ctx, id)
      : auth.user.removalStatus(ctx, id),
});
