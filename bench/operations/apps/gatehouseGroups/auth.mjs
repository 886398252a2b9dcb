/** `convex/auth.ts` of an app on Gatehouse whose users make organizations. */
import { authFunctions } from "convex-gatehouse/functions";
import { password } from "convex-gatehouse/providers";
import { createAuth } from "convex-gatehouse/server";
import {
  actionGeneric,
  componentsGeneric,
  mutationGeneric,
  queryGeneric,
} from "convex/server";
import { v } from "convex/values";

const components = componentsGeneric();

export const auth = createAuth(components.auth, {
  providers: [password({ requireEmailVerification: false })],
});
export const { signIn, signOut, store } = auth;

const { authQuery, authMutation } = authFunctions(auth, {
  query: queryGeneric,
  mutation: mutationGeneric,
  action: actionGeneric,
});

export const create = authMutation({
  permissions: "signedIn",
  args: { name: v.string(), slug: v.string() },
  returns: v.string(),
  handler: (ctx, group) =>
    auth.group.create(ctx, { ...group, actorUserId: ctx.userId }),
});

export const invite = authMutation({
  permissions: { invitation: ["create"] },
  args: { email: v.string() },
  returns: v.string(),
  handler: async (ctx, { email }) => {
    const { token } = await auth.invite.create(ctx, {
      groupId: ctx.groupId,
      invitedByUserId: ctx.userId,
      email,
    });
    return token;
  },
});

export const accept = authMutation({
  permissions: "signedIn",
  args: { token: v.string() },
  returns: v.null(),
  handler: async (ctx, { token }) => {
    await auth.invite.token.accept(ctx, {
      token,
      acceptedByUserId: ctx.userId,
    });
    return null;
  },
});

/** Answers when the user of the request may invite, and throws otherwise. */
export const mayInvite = authQuery({
  permissions: { invitation: ["create"] },
  args: {},
  returns: v.boolean(),
  handler: () => true,
});

export const members = authQuery({
  permissions: "member",
  args: {},
  returns: v.any(),
  handler: (ctx) =>
    auth.member.list(ctx, { where: { groupId: ctx.groupId }, limit: 50 }),
});

export const remove = authMutation({
  permissions: { organization: ["delete"] },
  args: {},
  returns: v.null(),
  handler: async (ctx) => {
    await auth.group.delete(ctx, ctx.groupId, { actorUserId: ctx.userId });
    return null;
  },
});
