/** Beginning removals, and finding them. */
import { internal } from "./_generated/api.js";
import type { Doc } from "./_generated/dataModel.js";
import type { MutationCtx, QueryCtx } from "./_generated/server.js";

/** A removal to begin. */
type Removal = Pick<Doc<"RemovalJob">, "kind" | "subjectId"> & {
  /** When it begins: now, or later, and until then it can be taken back. */
  dueTime?: number;
  /** Memberships that are gone already. */
  members?: number;
  /** Memberships that there are, as far as is known. */
  totalMembers?: number;
};

/**
 * Begins a removal of what is too large for one transaction. What is removed
 * has to be invisible already.
 */
export async function startRemoval(
  ctx: MutationCtx,
  { kind, subjectId, dueTime = 0, members = 0, totalMembers = 0 }: Removal,
): Promise<void> {
  const now = Date.now();
  const isDue = dueTime <= now;
  const jobId = await ctx.db.insert("RemovalJob", {
    ...{ kind, subjectId, run: 1, state: isDue ? "running" : "waiting" },
    ...(isDue ? {} : { dueTime }),
    ...{ startedTime: now, updatedTime: now },
    ...{ members, totalMembers, groups: 0, invites: 0 },
  });
  await ctx.scheduler.runAt(Math.max(dueTime, now), internal.removalJob.run, {
    jobId,
    run: 1,
  });
}

/**
 * Notes how far a removal is, and schedules its next batch, if there is one.
 * What was scheduled for it before does nothing any more.
 */
export async function continueRemoval(
  ctx: MutationCtx,
  { _id: jobId, run }: Doc<"RemovalJob">,
  changes: Partial<Doc<"RemovalJob">> & { state: "running" | "done" },
): Promise<void> {
  const next = run + 1;
  await ctx.db.patch("RemovalJob", jobId, {
    ...{ ...changes, run: next, updatedTime: Date.now() },
  });
  if (changes.state === "running") {
    await ctx.scheduler.runAfter(0, internal.removalJob.run, {
      ...{ jobId, run: next },
    });
  }
}

/** The latest removal of something, or `null`. */
export async function findRemoval(
  ctx: QueryCtx,
  subjectId: string,
): Promise<Doc<"RemovalJob"> | null> {
  return await ctx.db
    .query("RemovalJob")
    .withIndex("subjectId", (q) => q.eq("subjectId", subjectId))
    .order("desc")
    .first();
}
