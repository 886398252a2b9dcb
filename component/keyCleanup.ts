/** Marking and deleting API keys that have ended, in bounded batches. */
import { v } from "convex/values";
import { internal } from "./_generated/api.js";
import { internalMutation, type MutationCtx } from "./_generated/server.js";
import { record } from "./auditRows.js";
import { deleteKey } from "./keyRows.js";

/** Keys of each kind that one transaction changes at most. */
const BATCH = 100;

/**
 * Marks keys that have expired, and deletes those whose retention is over. Runs
 * again at once while there is more. A cron calls it hourly.
 */
export const deleteEnded = internalMutation({
  args: {},
  returns: v.null(),
  handler: async (ctx) => {
    const now = Date.now();
    const counts = [await markExpired(ctx, now), await purge(ctx, now)];
    if (counts.includes(BATCH)) {
      await ctx.scheduler.runAfter(0, internal.keyCleanup.deleteEnded, {});
    }
    return null;
  },
});

async function markExpired(ctx: MutationCtx, now: number): Promise<number> {
  const keys = await ctx.db
    .query("ApiKey")
    .withIndex("expiredTime_expiresAt", (q) =>
      // Keys without an expiry come before all numbers.
      q.eq("expiredTime", undefined).gt("expiresAt", 0).lte("expiresAt", now),
    )
    .take(BATCH);
  for (const { _id, userId, groupId } of keys) {
    await ctx.db.patch("ApiKey", _id, { expiredTime: now });
    await record(ctx, [
      {
        ...{ event: "apiKeyExpired", outcome: "success", keyId: _id },
        ...{ userId, groupId },
      },
    ]);
  }
  return keys.length;
}

async function purge(ctx: MutationCtx, now: number): Promise<number> {
  const keys = await ctx.db
    .query("ApiKey")
    .withIndex("purgeTime", (q) => q.gt("purgeTime", 0).lte("purgeTime", now))
    .take(BATCH);
  for (const { _id } of keys) {
    await deleteKey(ctx, _id);
  }
  return keys.length;
}
