/**
 * The rows of invitations, and of what is kept in step with them: how many of a
 * group's wait for an answer, and one row for each role that is offered.
 */
import type { NewInvite } from "../pkg/core.js";
import type { Doc, Id } from "./_generated/dataModel.js";
import type { MutationCtx, QueryCtx } from "./_generated/server.js";
import { withExtend } from "./extend.js";
import { changeCounts } from "./groupCounts.js";
import { readLineage } from "./lineage.js";
import { deleteAssignments, insertAssignments } from "./roleAssignmentRows.js";

/** An invitation as it leaves the component. */
export type InviteDocument = Omit<Doc<"GroupInvite">, "tokenHash">;

/** An invitation by an id from outside, whatever has become of it. */
export async function findInvite(
  ctx: QueryCtx,
  id: string,
): Promise<Doc<"GroupInvite"> | null> {
  const inviteId = ctx.db.normalizeId("GroupInvite", id);
  return inviteId === null ? null : await ctx.db.get("GroupInvite", inviteId);
}

/** An invitation by what recognises its token. */
export async function findInviteByHash(
  ctx: QueryCtx,
  tokenHash: string,
): Promise<Doc<"GroupInvite"> | null> {
  return await ctx.db
    .query("GroupInvite")
    .withIndex("tokenHash", (q) => q.eq("tokenHash", tokenHash))
    .unique();
}

/** The note that a user has accepted an invitation. */
export async function findAcceptance(
  ctx: QueryCtx,
  inviteId: Id<"GroupInvite">,
  userId: Id<"User">,
): Promise<Doc<"GroupInviteAcceptance"> | null> {
  return await ctx.db
    .query("GroupInviteAcceptance")
    .withIndex("inviteId_userId", (q) =>
      q.eq("inviteId", inviteId).eq("userId", userId),
    )
    .unique();
}

/** Whether an invitation waits for an answer in vain: its time is over. */
function isOverdue(row: Doc<"GroupInvite">, now: number): boolean {
  return row.status === "pending" && row.expiresTime <= now;
}

/**
 * What may be shown of an invitation: never what recognises its token, and as
 * expired from the moment on when its time is over, also while the row does not
 * say so yet.
 */
export function inviteDocumentOf(
  row: Doc<"GroupInvite">,
  now: number,
): InviteDocument {
  const { tokenHash: _, ...invite } = row;
  return isOverdue(row, now) ? { ...invite, status: "expired" } : invite;
}

/** What may be shown of an invitation: nothing if its group is gone. */
export async function showInvite(
  ctx: QueryCtx,
  row: Doc<"GroupInvite"> | null,
): Promise<InviteDocument | null> {
  const isShown =
    row !== null &&
    (row.groupId === undefined ||
      (await readLineage(ctx, row.groupId)).length > 0);
  return isShown ? inviteDocumentOf(row, Date.now()) : null;
}

/** Stores a pending invitation and counts it. */
export async function insertInvite(
  ctx: MutationCtx,
  groupId: Id<"Group"> | undefined,
  invite: NewInvite,
  extend?: unknown,
): Promise<Id<"GroupInvite">> {
  const inviteId = await ctx.db.insert("GroupInvite", {
    ...(groupId === undefined ? {} : { groupId }),
    ...invite,
    ...withExtend(extend),
  });
  const row = await ctx.db.get("GroupInvite", inviteId);
  await insertAssignments(
    ctx,
    {
      ...{ holder: "invite", holderId: inviteId },
      ...{ holderTime: row?._creationTime ?? 0 },
      ...(groupId === undefined ? {} : { groupId }),
    },
    invite.roles.map((role) => ({ role })),
  );
  await changeCounts(ctx, groupId, { pendingInvites: 1 });
  return inviteId;
}

/** Changes an invitation, and counts it down when it does not wait any more. */
export async function patchInvite(
  ctx: MutationCtx,
  row: Doc<"GroupInvite">,
  fields: Partial<Omit<Doc<"GroupInvite">, "_id" | "_creationTime">>,
): Promise<void> {
  await ctx.db.patch("GroupInvite", row._id, fields);
  const waits = (fields.status ?? row.status) === "pending";
  if (row.status === "pending" && !waits) {
    await changeCounts(ctx, row.groupId, { pendingInvites: -1 });
  }
}

/** Marks invitations whose time is over, if they still wait for an answer. */
export async function expireInvites(
  ctx: MutationCtx,
  inviteIds: Iterable<string>,
): Promise<void> {
  for (const id of new Set(inviteIds)) {
    const row = await findInvite(ctx, id);
    if (row?.status === "pending") {
      await patchInvite(ctx, row, { status: "expired" });
    }
  }
}

/**
 * Invitations that wait for an answer although their time is over, those that
 * have waited longest first.
 */
export async function readOverdueInvites(
  ctx: QueryCtx,
  now: number,
  limit: number,
): Promise<Doc<"GroupInvite">[]> {
  return await ctx.db
    .query("GroupInvite")
    .withIndex("status_expiresTime", (q) =>
      q.eq("status", "pending").lte("expiresTime", now),
    )
    .take(limit);
}

/**
 * Deletes invitations with their role assignments, and counts down those that
 * waited for an answer: once for each group. Who has accepted them is deleted
 * with the group or the user, since there may be ten thousand who have.
 */
export async function deleteInvites(
  ctx: MutationCtx,
  rows: readonly Doc<"GroupInvite">[],
): Promise<void> {
  const waiting = new Map<Id<"Group">, number>();
  for (const row of rows) {
    await deleteAssignments(ctx, row._id);
    await ctx.db.delete("GroupInvite", row._id);
    if (row.groupId !== undefined && row.status === "pending") {
      waiting.set(row.groupId, (waiting.get(row.groupId) ?? 0) + 1);
    }
  }
  for (const [groupId, pending] of waiting) {
    await changeCounts(ctx, groupId, { pendingInvites: -pending });
  }
}
