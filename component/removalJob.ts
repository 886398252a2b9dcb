/** Carrying out removals that are too large for one transaction. */
import { v } from "convex/values";
import { removalProgress } from "../schema/removalJob.js";
import {
  internalMutation,
  query,
  type MutationCtx,
} from "./_generated/server.js";
import type { Doc } from "./_generated/dataModel.js";
import type { RemovalBatch } from "./removalBatch.js";
import { removeGroupBatch } from "./removalBatchGroup.js";
import { removeMemberBatch } from "./removalBatchMember.js";
import { removeUserBatch } from "./removalBatchUser.js";
import { continueRemoval, findRemoval } from "./removalJobRows.js";

/** After how long without a batch a removal has come to a stop: ten minutes. */
const STALLED_MS = 10 * 60 * 1000;

/** The most removals that are started again in one transaction. */
const MAX_RESUMED = 100;

/**
 * How far the latest removal of a group, a user or a membership is, by its id,
 * or `null` if there was none in the last week.
 */
export const status = query({
  args: { subjectId: v.string() },
  returns: v.union(removalProgress, v.null()),
  handler: async (ctx, { subjectId }) => {
    const job = await findRemoval(ctx, subjectId);
    if (job === null) {
      return null;
    }
    const { state, startedTime, updatedTime, ...rest } = job;
    const { members, totalMembers, groups, invites } = rest;
    return {
      ...{ state, startedTime, updatedTime },
      ...{ members, totalMembers, groups, invites },
    };
  },
});

const BATCHES: Record<
  Doc<"RemovalJob">["kind"],
  (ctx: MutationCtx, job: Doc<"RemovalJob">) => Promise<RemovalBatch>
> = {
  ...{ group: removeGroupBatch, user: removeUserBatch },
  member: removeMemberBatch,
};

/**
 * Carries out one batch of a removal, and schedules the next one. Does nothing
 * when it was scheduled twice, when another start has taken its place, when the
 * removal was taken back, and before the removal is due.
 */
export const run = internalMutation({
  args: { jobId: v.id("RemovalJob"), run: v.number() },
  returns: v.null(),
  handler: async (ctx, { jobId, run }) => {
    const job = await ctx.db.get("RemovalJob", jobId);
    const now = Date.now();
    if (job?.run !== run || job.state === "done" || (job.dueTime ?? 0) > now) {
      return null;
    }
    const batch = await BATCHES[job.kind](ctx, job);
    await continueRemoval(ctx, job, {
      state: batch.isDone ? "done" : "running",
      members: job.members + (batch.members ?? 0),
      totalMembers: job.totalMembers + (batch.newMembers ?? 0),
      groups: job.groups + (batch.groups ?? 0),
      invites: job.invites + (batch.invites ?? 0),
      ...{ cursor: batch.cursor, dueTime: undefined },
    });
    return null;
  },
});

/**
 * Starts removals again that have come to a stop, and those that are due and
 * have not begun. Convex starts scheduled functions by itself, so this is for
 * what has failed. A cron calls it.
 */
export const resume = internalMutation({
  args: {},
  returns: v.null(),
  handler: async (ctx) => {
    const now = Date.now();
    const stalled = await ctx.db
      .query("RemovalJob")
      .withIndex("state_updatedTime", (q) =>
        q.eq("state", "running").lte("updatedTime", now - STALLED_MS),
      )
      .take(MAX_RESUMED);
    const due = await ctx.db
      .query("RemovalJob")
      .withIndex("state_dueTime", (q) =>
        q.eq("state", "waiting").lte("dueTime", now),
      )
      .take(MAX_RESUMED);
    for (const job of [...stalled, ...due]) {
      await continueRemoval(ctx, job, { state: "running" });
    }
    return null;
  },
});
