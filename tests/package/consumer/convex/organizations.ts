import { authFunctions } from "convex-gatehouse/functions";
import { createAuth, definePermissions } from "convex-gatehouse/server";
import { v } from "convex/values";
import { components } from "./_generated/api";
import { action, mutation, query } from "./_generated/server";

const permissions = definePermissions({
  resources: { project: ["create", "read"] },
  roles: { editor: { project: ["create", "read"] } },
});

const auth = createAuth(components.auth, {
  providers: [],
  groups: { permissions },
});

const { authQuery, authMutation, authAction, adminQuery } = authFunctions(
  auth,
  { query, mutation, action },
);

export const mine = authQuery({
  permissions: "member",
  returns: v.array(v.string()),
  handler: async (ctx) => {
    const { groupId, userId }: { groupId: string; userId: string } = ctx;
    const { permissions: allowed } = await auth.permission.list(ctx, {
      groupId,
      userId,
    });
    const actions: ("create" | "read")[] = allowed.project ?? [];
    return [...ctx.roles, ...actions];
  },
});

export const start = authMutation({
  permissions: { project: ["create"] },
  args: { name: v.string() },
  handler: async (ctx, { name }) => {
    const { userId: actorUserId, groupId: parentGroupId } = ctx;
    return await auth.group.create(ctx, { name, parentGroupId, actorUserId });
  },
});

export const invite = authAction({
  permissions: { invitation: ["create"] },
  args: { email: v.string() },
  handler: async (ctx, { email }) => {
    const { userId: invitedByUserId, groupId } = ctx;
    await auth.invite.send(ctx, { email, groupId, invitedByUserId });
  },
});

export const everybody = adminQuery({
  handler: async (ctx) => (await auth.user.list(ctx)).items.length,
});

// @ts-expect-error There is no such action.
authQuery({ permissions: { project: ["fly"] }, handler: async () => null });
