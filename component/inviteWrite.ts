/** Making, renewing and taking back invitations. */
import { v } from "convex/values";
import type { InviteLimits, MembershipRow } from "../pkg/core.js";
import { groupsConfig } from "../schema/groupsConfig.js";
import { doneOrRefused, refusal } from "../schema/result.js";
import type { Doc, Id } from "./_generated/dataModel.js";
import {
  mutation,
  type MutationCtx,
  type QueryCtx,
} from "./_generated/server.js";
import { record } from "./auditRows.js";
import { decide } from "./accountsCore.js";
import { findCounts } from "./groupCounts.js";
import {
  expireInvites,
  findInvite,
  insertInvite,
  patchInvite,
} from "./inviteRows.js";
import { readLimits, writeLimits } from "./limits.js";
import { readLineage } from "./lineage.js";
import { refusedBy } from "./refusal.js";
import { requestOrigin } from "./requestOrigin.js";
import { readActor, readCustomRoles, readMemberships } from "./standing.js";

/** Overdue invitations that making a new one marks at most. */
const MAX_OVERDUE = 100;

/**
 * Pending invitations of one address to one group that are looked at: there is
 * one at most, but for what a race with the clock may leave.
 */
const MAX_DUPLICATES = 10;

/** The most users with one address among whom the one who proved it is sought. */
const MAX_NAMESAKES = 20;

/**
 * Makes an invitation. The token is answered this once; only what recognises it
 * is stored. With `isSent`, it goes to the address and to nobody else.
 */
export const create = mutation({
  args: {
    config: groupsConfig,
    groupId: v.optional(v.string()),
    invitedByUserId: v.optional(v.string()),
    email: v.optional(v.string()),
    roles: v.optional(v.array(v.string())),
    expiresTime: v.optional(v.number()),
    maxUses: v.optional(v.number()),
    extend: v.optional(v.any()),
    isSent: v.boolean(),
  },
  returns: v.union(
    v.object({
      kind: v.literal("done"),
      inviteId: v.id("GroupInvite"),
      token: v.string(),
      expiresTime: v.number(),
      email: v.optional(v.string()),
      groupName: v.optional(v.string()),
      roles: v.array(v.string()),
    }),
    v.object({ kind: v.literal("refused"), refusal }),
  ),
  handler: async (ctx, args) => {
    const { config, invitedByUserId, roles, expiresTime, maxUses } = args;
    const prepared =
      args.email === undefined ? null : decide("inviteEmail", args.email);
    if (prepared?.kind === "refused") {
      return prepared;
    }
    const email = prepared?.email;
    const hasGroup = args.groupId !== undefined;
    const lineage = await readLineage(ctx, args.groupId ?? "");
    const group = lineage[0];
    const now = Date.now();
    const creation = decide("inviteCreate", {
      ...{ now, config, origin: await requestOrigin(ctx), hasGroup, lineage },
      input: { email, roles, expiresTime, maxUses },
      counts: (group && (await findCounts(ctx, group._id))) ?? undefined,
      inviter: await readActor(ctx, invitedByUserId, lineage),
      customRoles: await readCustomRoles(ctx, lineage, roles ?? []),
      duplicates: await readDuplicates(ctx, group?._id, email),
      overdue: await readOverdue(ctx, group?._id, now),
      inviteeMemberships: await readInvitee(ctx, lineage, email),
      limits: args.isSent
        ? await readSending(ctx, email, invitedByUserId)
        : undefined,
    });
    await expireInvites(ctx, creation.expired);
    await record(ctx, creation.audit);
    if (creation.kind === "refused") {
      return refusedBy(creation);
    }
    const { invite, token, limits } = creation;
    await writeLimits(ctx, limits);
    const inviteId = await insertInvite(
      ctx,
      group?._id,
      invite,
      args.extend as unknown,
    );
    return {
      ...{ kind: "done" as const, inviteId, token },
      ...{ expiresTime: invite.expiresTime, roles: invite.roles },
      ...{ email: invite.email, groupName: group?.name },
    };
  },
});

/** Gives a pending invitation a new token. The one before opens nothing more. */
export const renew = mutation({
  args: {
    config: groupsConfig,
    inviteId: v.string(),
    actorUserId: v.optional(v.string()),
    isSent: v.boolean(),
  },
  returns: v.union(
    v.object({
      kind: v.literal("done"),
      token: v.string(),
      expiresTime: v.number(),
      email: v.optional(v.string()),
      groupId: v.optional(v.string()),
      groupName: v.optional(v.string()),
      roles: v.array(v.string()),
      invitedByUserId: v.optional(v.string()),
    }),
    v.object({ kind: v.literal("refused"), refusal }),
  ),
  handler: async (ctx, { config, inviteId, actorUserId, isSent }) => {
    const row = await findInvite(ctx, inviteId);
    const lineage = await readLineage(ctx, row?.groupId ?? "");
    const sender = actorUserId ?? row?.invitedByUserId;
    const renewal = decide("inviteRenew", {
      ...{ now: Date.now(), config, origin: await requestOrigin(ctx) },
      ...{ invite: row ?? undefined, lineage },
      actor: await readActor(ctx, actorUserId, lineage),
      inviter: await readActor(ctx, row?.invitedByUserId, lineage),
      customRoles: await readCustomRoles(ctx, lineage, row?.roles ?? []),
      limits: isSent ? await readSending(ctx, row?.email, sender) : undefined,
    });
    await record(ctx, renewal.audit);
    if (renewal.kind === "refused" || row === null) {
      return refusedBy(renewal);
    }
    const { token, tokenHash, expiresTime, sentTime, limits } = renewal;
    await writeLimits(ctx, limits);
    await patchInvite(ctx, row, { tokenHash, expiresTime, sentTime });
    const { email, groupId, roles, invitedByUserId } = row;
    return {
      ...{ kind: "done" as const, token, expiresTime, email, groupId, roles },
      ...{ groupName: lineage[0]?.name, invitedByUserId },
    };
  },
});

/** Takes back a pending invitation. */
export const revoke = mutation({
  args: {
    config: groupsConfig,
    inviteId: v.string(),
    actorUserId: v.optional(v.string()),
  },
  returns: doneOrRefused,
  handler: async (ctx, { config, inviteId, actorUserId }) => {
    const row = await findInvite(ctx, inviteId);
    const lineage = await readLineage(ctx, row?.groupId ?? "");
    const revocation = decide("inviteRevoke", {
      ...{ now: Date.now(), config, origin: await requestOrigin(ctx) },
      ...{ invite: row ?? undefined, lineage },
      actor: await readActor(ctx, actorUserId, lineage),
    });
    await record(ctx, revocation.audit);
    if (revocation.kind === "refused" || row === null) {
      return refusedBy(revocation);
    }
    await patchInvite(ctx, row, { status: "revoked" });
    return { kind: "done" as const };
  },
});

/** Pending invitations of an address to a group, or to the app alone. */
async function readDuplicates(
  ctx: QueryCtx,
  groupId: Id<"Group"> | undefined,
  email: string | undefined,
): Promise<Doc<"GroupInvite">[]> {
  if (email === undefined) {
    return [];
  }
  return await ctx.db
    .query("GroupInvite")
    .withIndex("groupId_email_status", (q) =>
      q.eq("groupId", groupId).eq("email", email).eq("status", "pending"),
    )
    .take(MAX_DUPLICATES);
}

/** Pending invitations to a group whose time is over, the oldest first. */
async function readOverdue(
  ctx: QueryCtx,
  groupId: Id<"Group"> | undefined,
  now: number,
): Promise<Doc<"GroupInvite">[]> {
  return await ctx.db
    .query("GroupInvite")
    .withIndex("groupId_status_expiresTime", (q) =>
      q.eq("groupId", groupId).eq("status", "pending").lte("expiresTime", now),
    )
    .take(MAX_OVERDUE);
}

/**
 * The memberships, in a group and those above it, of the user who has proved an
 * address.
 */
async function readInvitee(
  ctx: QueryCtx,
  lineage: Doc<"Group">[],
  email: string | undefined,
): Promise<MembershipRow[]> {
  if (lineage.length === 0 || email === undefined) {
    return [];
  }
  const users = await ctx.db
    .query("User")
    .withIndex("email", (q) => q.eq("email", email))
    .take(MAX_NAMESAKES);
  const owner = users.find((user) => user.emailVerificationTime !== undefined);
  return owner === undefined
    ? []
    : await readMemberships(ctx, owner._id, lineage);
}

/**
 * The limits of sending an invitation. They are read also where there is no
 * address, which is how the core learns that it is to be sent, and refuses.
 */
async function readSending(
  ctx: MutationCtx,
  email: string | undefined,
  sender: string | undefined,
): Promise<InviteLimits> {
  const origin = await requestOrigin(ctx);
  const { sendTo, sendFrom, sendBy } = decide("inviteLimitKeys", {
    email: email ?? "",
    inviter: sender,
    origin,
  });
  return await readLimits(ctx, { sendTo, sendFrom, sendBy });
}
