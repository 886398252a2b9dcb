/** Accepting invitations: each acceptance is one transaction. */
import { v, type Infer } from "convex/values";
import type { InviteCredential } from "../pkg/core.js";
import { groupInviteDocument } from "../schema/groupInvite.js";
import { groupsConfig } from "../schema/groupsConfig.js";
import { refusal } from "../schema/result.js";
import type { Doc, Id } from "./_generated/dataModel.js";
import {
  mutation,
  query,
  type MutationCtx,
  type QueryCtx,
} from "./_generated/server.js";
import { record } from "./auditRows.js";
import { decide } from "./accountsCore.js";
import { findCounts } from "./groupCounts.js";
import {
  expireInvites,
  findAcceptance,
  findInvite,
  findInviteByHash,
  patchInvite,
  showInvite,
} from "./inviteRows.js";
import { readLineage } from "./lineage.js";
import { insertMember } from "./memberRows.js";
import { refusedBy } from "./refusal.js";
import { requestOrigin } from "./requestOrigin.js";
import {
  readActor,
  readCustomRoles,
  readMemberships,
  readOwned,
} from "./standing.js";
import { findUser } from "./userRows.js";

const acceptance = v.union(
  v.object({
    kind: v.union(v.literal("done"), v.literal("repeated")),
    inviteId: v.id("GroupInvite"),
    groupId: v.optional(v.id("Group")),
    memberId: v.optional(v.id("GroupMember")),
  }),
  v.object({ kind: v.literal("refused"), refusal }),
);

/** The invitation of a token, or `null`; also when its group is gone. */
export const getByToken = query({
  args: { token: v.string() },
  returns: v.union(groupInviteDocument, v.null()),
  handler: async (ctx, { token }) =>
    await showInvite(ctx, await findInviteByToken(ctx, token)),
});

/** Accepts an invitation by its token. Doing so again changes nothing. */
export const accept = mutation({
  args: {
    config: groupsConfig,
    token: v.string(),
    acceptedByUserId: v.string(),
  },
  returns: acceptance,
  handler: async (ctx, { config, token, acceptedByUserId }) =>
    await acceptInvite(ctx, {
      ...{ config, acceptedByUserId, credential: "token" },
      row: await findInviteByToken(ctx, token),
    }),
});

/**
 * Accepts an invitation by its id, which proves nothing. Without a user, the
 * app notes that it was accepted, and nobody becomes a member.
 */
export const acceptById = mutation({
  args: {
    config: groupsConfig,
    inviteId: v.string(),
    acceptedByUserId: v.optional(v.string()),
  },
  returns: acceptance,
  handler: async (ctx, { config, inviteId, acceptedByUserId }) =>
    await acceptInvite(ctx, {
      ...{ config, acceptedByUserId, credential: "id" },
      row: await findInvite(ctx, inviteId),
    }),
});

type Attempt = {
  config: Infer<typeof groupsConfig>;
  credential: InviteCredential;
  row: Doc<"GroupInvite"> | null;
  acceptedByUserId: string | undefined;
};

async function acceptInvite(
  ctx: MutationCtx,
  { config, credential, row, acceptedByUserId }: Attempt,
): Promise<Infer<typeof acceptance>> {
  const user =
    acceptedByUserId === undefined
      ? null
      : await findUser(ctx, acceptedByUserId);
  const earlier = row && user && (await findAcceptance(ctx, row._id, user._id));
  const lineage = await readLineage(ctx, row?.groupId ?? "");
  const group = lineage[0];
  const memberships =
    user === null ? [] : await readMemberships(ctx, user._id, lineage);
  const now = Date.now();
  const decision = decide("inviteAccept", {
    ...{ now, config, origin: await requestOrigin(ctx), credential, lineage },
    ...{ invite: row ?? undefined, user: user ?? undefined },
    ...{ isAnonymous: acceptedByUserId === undefined },
    ...{ hasAccepted: earlier !== null, memberships },
    counts: (group && (await findCounts(ctx, group._id))) ?? undefined,
    ownedGroups: user === null ? 0 : (await readOwned(ctx, user._id)).length,
    inviter: await readActor(ctx, row?.invitedByUserId, lineage),
    customRoles: await readCustomRoles(ctx, lineage, row?.roles ?? []),
  });
  if (decision.kind === "repeated" && row !== null) {
    const { _id: inviteId, groupId } = row;
    const member = memberships.find((member) => member.groupId === groupId);
    return { kind: "repeated", inviteId, groupId, memberId: member?._id };
  }
  if (decision.kind !== "done" || row === null) {
    return await refuse(ctx, row, decision);
  }
  const { membership, uses, status, emailVerificationTime, audit } = decision;
  const memberId =
    membership && group && user
      ? await insertMember(
          ctx,
          { groupId: group._id, userId: user._id },
          membership,
        )
      : undefined;
  await patchInvite(ctx, row, {
    ...{ uses, status, acceptedTime: now },
    ...(user === null ? {} : { acceptedByUserId: user._id }),
  });
  if (user !== null) {
    await noteAcceptance(ctx, row, user._id, memberId);
    if (emailVerificationTime !== undefined) {
      await ctx.db.patch("User", user._id, { emailVerificationTime });
    }
  }
  await record(ctx, audit);
  return { kind: "done", inviteId: row._id, groupId: row.groupId, memberId };
}

/** Records a refusal. One because of the time marks the invitation. */
async function refuse(
  ctx: MutationCtx,
  row: Doc<"GroupInvite"> | null,
  decision: ReturnType<typeof decide<"inviteAccept">>,
) {
  if (decision.kind === "refused") {
    await record(ctx, decision.audit);
    await expireInvites(ctx, row !== null && decision.expired ? [row._id] : []);
  }
  return refusedBy(decision);
}

/** The invitation of a token. Garbage is refused without a look. */
async function findInviteByToken(
  ctx: QueryCtx,
  token: string,
): Promise<Doc<"GroupInvite"> | null> {
  const presented = decide("invitePresent", token);
  return presented.kind === "refused"
    ? null
    : await findInviteByHash(ctx, presented.tokenHash);
}

async function noteAcceptance(
  ctx: MutationCtx,
  { _id, _creationTime, groupId }: Doc<"GroupInvite">,
  userId: Id<"User">,
  memberId: Id<"GroupMember"> | undefined,
): Promise<void> {
  await ctx.db.insert("GroupInviteAcceptance", {
    ...{ inviteId: _id, userId, inviteTime: _creationTime },
    ...(groupId === undefined ? {} : { groupId }),
    ...(memberId === undefined ? {} : { memberId }),
  });
}
