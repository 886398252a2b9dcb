/** Marking and deleting what is over of groups, in bounded batches. */
import { v } from "convex/values";
import { internal } from "./_generated/api.js";
import { internalMutation, type MutationCtx } from "./_generated/server.js";
import {
  deleteInvites,
  patchInvite,
  readOverdueInvites,
} from "./inviteRows.js";
import { RemovalBudget } from "./removalBatch.js";

/** Rows of each kind that one transaction changes at most. */
const BATCH = 200;

/** Invitations of each status, with 16 roles each, that it deletes at most. */
const INVITES = 20;

const DAY_MS = 24 * 60 * 60 * 1000;

/** How long invitations are kept after their time is over: 90 days. */
const INVITE_RETENTION_MS = 90 * DAY_MS;

/** How long it can be asked how a removal went: a week. */
const REMOVAL_RETENTION_MS = 7 * DAY_MS;

/**
 * Marks invitations as expired, and deletes invitations and removals that ended
 * long ago. Runs again at once while there is more. A cron calls it hourly.
 */
export const deleteEnded = internalMutation({
  args: {},
  returns: v.null(),
  handler: async (ctx) => {
    const now = Date.now();
    const overdue = await readOverdueInvites(ctx, now, BATCH);
    for (const invite of overdue) {
      await patchInvite(ctx, invite, { status: "expired" });
    }
    const isMore = [
      overdue.length === BATCH,
      await deleteInvitesOf(ctx, "accepted", now),
      await deleteInvitesOf(ctx, "revoked", now),
      await deleteInvitesOf(ctx, "expired", now),
      await deleteRemovals(ctx, now),
    ];
    if (isMore.includes(true)) {
      await ctx.scheduler.runAfter(0, internal.groupCleanup.deleteEnded, {});
    }
    return null;
  },
});

/**
 * Deletes invitations that ended long ago, with the notes of who has accepted
 * them, of which one invitation may have ten thousand.
 *
 * @returns Whether there may be more.
 */
async function deleteInvitesOf(
  ctx: MutationCtx,
  status: "accepted" | "revoked" | "expired",
  now: number,
): Promise<boolean> {
  const invites = await ctx.db
    .query("GroupInvite")
    .withIndex("status_expiresTime", (q) =>
      q.eq("status", status).lte("expiresTime", now - INVITE_RETENTION_MS),
    )
    .take(INVITES);
  const budget = new RemovalBudget(BATCH);
  const ended: typeof invites = [];
  for (const invite of invites) {
    const acceptances = await budget.take(
      ctx.db
        .query("GroupInviteAcceptance")
        .withIndex("inviteId_userId", (q) => q.eq("inviteId", invite._id)),
    );
    for (const { _id } of acceptances) {
      await ctx.db.delete("GroupInviteAcceptance", _id);
    }
    if (budget.isSpent) {
      break;
    }
    ended.push(invite);
  }
  await deleteInvites(ctx, ended);
  return budget.isSpent || invites.length === INVITES;
}

async function deleteRemovals(ctx: MutationCtx, now: number): Promise<boolean> {
  const jobs = await ctx.db
    .query("RemovalJob")
    .withIndex("state_updatedTime", (q) =>
      q.eq("state", "done").lte("updatedTime", now - REMOVAL_RETENTION_MS),
    )
    .take(BATCH);
  for (const { _id } of jobs) {
    await ctx.db.delete("RemovalJob", _id);
  }
  return jobs.length === BATCH;
}
