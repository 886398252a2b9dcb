import { v } from "convex/values";
import { query } from "./_generated/server";
import { auth } from "./auth";
import { authAction, authMutation, authQuery } from "./functions";
import { personName } from "./personName";

/** How many pending invitations are shown. */
const SHOWN = 100;

/** The invitations that nobody has answered yet, newest first; live. */
export const listPending = authQuery({
  permissions: { invitation: ["read"] },
  args: {},
  returns: v.array(
    v.object({
      _id: v.string(),
      _creationTime: v.number(),
      email: v.optional(v.string()),
      roles: v.array(v.string()),
      expiresTime: v.number(),
      maxUses: v.number(),
      uses: v.number(),
      inviter: v.string(),
      /** Whether the caller made it, and may revoke it in any case. */
      isYours: v.boolean(),
    }),
  ),
  handler: async (ctx) => {
    const { items } = await auth.invite.list(ctx, {
      where: { groupId: ctx.groupId, status: "pending" },
      ...{ order: "desc", limit: SHOWN },
    });
    return await Promise.all(
      items.map(async (invite) => ({
        _id: invite._id,
        _creationTime: invite._creationTime,
        email: invite.email,
        roles: invite.roles,
        expiresTime: invite.expiresTime,
        maxUses: invite.maxUses,
        uses: invite.uses,
        inviter: personName(
          invite.invitedByUserId === undefined
            ? null
            : await auth.user.get(ctx, invite.invitedByUserId),
        ),
        isYours: invite.invitedByUserId === ctx.userId,
      })),
    );
  },
});

/** Invites somebody by e-mail. Nobody but the mailbox gets to see the token. */
export const sendByEmail = authAction({
  permissions: { invitation: ["create"] },
  args: { email: v.string(), roles: v.array(v.string()) },
  returns: v.null(),
  handler: async (ctx, { email, roles }) => {
    const { groupId, userId } = ctx;
    await auth.invite.send(ctx, {
      ...{ groupId, email, roles, invitedByUserId: userId },
      redirectTo: "/join",
    });
    return null;
  },
});

/**
 * Makes a link with which people can join.
 *
 * @returns The token, which cannot be shown again: only its hash is stored.
 */
export const createLink = authMutation({
  permissions: { invitation: ["create"] },
  args: {
    roles: v.array(v.string()),
    maxUses: v.number(),
    /** How long it can be used, in milliseconds. */
    lifetimeMs: v.number(),
  },
  returns: v.string(),
  handler: async (ctx, { roles, maxUses, lifetimeMs }) => {
    const { groupId, userId } = ctx;
    const { token } = await auth.invite.create(ctx, {
      ...{ groupId, roles, maxUses, invitedByUserId: userId },
      expiresTime: Date.now() + lifetimeMs,
    });
    return token;
  },
});

/** Sends an invitation once more, with a new token; the old one is void. */
export const resend = authAction({
  permissions: { invitation: ["create"] },
  args: { inviteId: v.string() },
  returns: v.null(),
  handler: async (ctx, { inviteId }) => {
    await auth.invite.resend(ctx, inviteId, {
      ...{ actorUserId: ctx.userId, redirectTo: "/join" },
    });
    return null;
  },
});

/** Makes an invitation void. */
export const revoke = authMutation({
  permissions: "member",
  args: { inviteId: v.string() },
  returns: v.null(),
  handler: async (ctx, { inviteId }) => {
    // Who made it may revoke it without any permission: the core decides.
    await auth.invite.revoke(ctx, inviteId, { actorUserId: ctx.userId });
    return null;
  },
});

/**
 * What an invitation is for. Who has the token may know, signed in or not.
 *
 * @returns `null` when there is no such invitation.
 */
export const preview = query({
  args: { token: v.string() },
  returns: v.union(
    v.object({
      status: v.union(
        v.literal("pending"),
        v.literal("accepted"),
        v.literal("revoked"),
        v.literal("expired"),
      ),
      groupId: v.optional(v.string()),
      /** The organization's name; missing when it is gone. */
      groupName: v.optional(v.string()),
      email: v.optional(v.string()),
      roles: v.array(v.string()),
      inviter: v.optional(v.string()),
      expiresTime: v.number(),
      /** Whether the caller belongs to the organization already. */
      isMember: v.boolean(),
    }),
    v.null(),
  ),
  handler: async (ctx, { token }) => {
    const invite = await auth.invite.token.get(ctx, token);
    if (invite === null) {
      return null;
    }
    const { groupId, invitedByUserId } = invite;
    const [viewer, group, inviter] = await Promise.all([
      auth.user.viewer(ctx),
      groupId === undefined ? null : auth.group.get(ctx, groupId),
      invitedByUserId === undefined
        ? null
        : auth.user.get(ctx, invitedByUserId),
    ]);
    const membership =
      viewer === null || group === null
        ? null
        : await auth.member.getByUserAndGroup(ctx, {
            ...{ userId: viewer._id, groupId: group._id },
          });
    return {
      status: invite.status,
      groupId,
      groupName: group?.name,
      email: invite.email,
      roles: invite.roles,
      inviter: inviter === null ? undefined : personName(inviter),
      expiresTime: invite.expiresTime,
      isMember: membership !== null,
    };
  },
});

/**
 * Accepts an invitation; the caller goes on in the organization.
 *
 * @returns The organization's id.
 */
export const accept = authMutation({
  permissions: "signedIn",
  args: { token: v.string() },
  returns: v.union(v.string(), v.null()),
  handler: async (ctx, { token }) => {
    const { userId } = ctx;
    const { groupId } = await auth.invite.token.accept(ctx, {
      ...{ token, acceptedByUserId: userId },
    });
    if (groupId === null) {
      return null;
    }
    await auth.user.setActiveGroup(ctx, { userId, groupId });
    return groupId;
  },
});
