/** Functions of the app, each with one call of `auth`. */
import { mutationGeneric, queryGeneric } from "convex/server";
import { v } from "convex/values";
import { auth } from "./auth.mjs";

export const viewer = queryGeneric({
  args: {},
  returns: v.any(),
  handler: (ctx) => auth.user.viewer(ctx),
});

export const user = queryGeneric({
  args: { userId: v.string() },
  returns: v.any(),
  handler: (ctx, { userId }) => auth.user.get(ctx, userId),
});

export const mayAddMember = queryGeneric({
  args: { userId: v.string(), groupId: v.string() },
  returns: v.boolean(),
  handler: (ctx, args) =>
    auth.permission.check(ctx, {
      ...args,
      permissions: { member: ["create"] },
    }),
});

export const verifyKey = mutationGeneric({
  args: { raw: v.string() },
  returns: v.string(),
  handler: async (ctx, { raw }) => (await auth.key.verify(ctx, raw)).keyId,
});

export const createOrganization = mutationGeneric({
  args: { userId: v.string() },
  returns: v.string(),
  handler: (ctx, { userId }) =>
    auth.group.create(ctx, {
      name: "Analytical Engines",
      slug: "analytical-engines",
      actorUserId: userId,
    }),
});

export const createTeam = mutationGeneric({
  args: { userId: v.string(), parentGroupId: v.string() },
  returns: v.string(),
  handler: (ctx, { userId, parentGroupId }) =>
    auth.group.create(ctx, {
      name: "Mill",
      type: "team",
      parentGroupId,
      actorUserId: userId,
    }),
});

export const createKey = mutationGeneric({
  args: { userId: v.string() },
  returns: v.string(),
  handler: async (ctx, { userId }) => {
    const { raw } = await auth.key.create(ctx, {
      name: "Report",
      userId,
      scopes: [{ resource: "report", actions: ["read"] }],
      rateLimit: { maxRequests: 1_000_000, windowMs: 24 * 60 * 60 * 1000 },
    });
    return raw;
  },
});
