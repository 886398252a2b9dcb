/** Deleting what has expired, in bounded batches. */
import { v } from "convex/values";
import { internal } from "./_generated/api.js";
import { internalMutation, type MutationCtx } from "./_generated/server.js";
import { deleteSessions } from "./sessionRows.js";

/** Rows of each table that one transaction deletes at most. */
const BATCH = 200;

/** How long factors are kept that were never confirmed: a day. */
const PENDING_RETENTION_MS = 24 * 60 * 60 * 1000;

/** How long audit events are kept: 90 days. */
const AUDIT_RETENTION_MS = 90 * 24 * 60 * 60 * 1000;

/** The tables whose rows say themselves when they are over. */
const EXPIRING = [
  "RateLimit",
  "VerificationCode",
  "AuthVerifier",
  "SigningKey",
  "OneTimeToken",
  "TrustedDevice",
  "SecondFactorChallenge",
] as const;

/**
 * Deletes what has expired. Runs again at once while there is more. A cron
 * calls it hourly.
 */
export const deleteExpired = internalMutation({
  args: {},
  returns: v.null(),
  handler: async (ctx) => {
    const now = Date.now();
    const counts = [
      await expireSessions(ctx, now),
      await expireEvents(ctx, now),
      await expirePending(ctx, "TotpFactor", now),
      await expirePending(ctx, "CodeFactor", now),
    ];
    for (const table of EXPIRING) {
      counts.push(await expireRows(ctx, table, now));
    }
    if (counts.includes(BATCH)) {
      await ctx.scheduler.runAfter(0, internal.cleanup.deleteExpired, {});
    }
    return null;
  },
});

async function expireRows(
  ctx: MutationCtx,
  table: (typeof EXPIRING)[number],
  now: number,
): Promise<number> {
  const rows = await ctx.db
    .query(table)
    .withIndex("expirationTime", (q) => q.lte("expirationTime", now))
    .take(BATCH);
  for (const row of rows) {
    await ctx.db.delete(table, row._id);
  }
  return rows.length;
}

/** Factors that somebody has begun to set up, and has not confirmed. */
async function expirePending(
  ctx: MutationCtx,
  table: "TotpFactor" | "CodeFactor",
  now: number,
): Promise<number> {
  const rows = await ctx.db
    .query(table)
    .withIndex("verifiedTime_creationTime", (q) =>
      q
        .eq("verifiedTime", undefined)
        .lte("creationTime", now - PENDING_RETENTION_MS),
    )
    .take(BATCH);
  for (const row of rows) {
    await ctx.db.delete(table, row._id);
  }
  return rows.length;
}

/** Sessions end at the latest with the row of their refresh token. */
async function expireSessions(ctx: MutationCtx, now: number): Promise<number> {
  const idle = await ctx.db
    .query("RefreshToken")
    .withIndex("expirationTime", (q) => q.lte("expirationTime", now))
    .take(BATCH);
  await deleteSessions(
    ctx,
    idle.map((row) => row.sessionId),
  );
  const over = await ctx.db
    .query("Session")
    .withIndex("expirationTime", (q) => q.lte("expirationTime", now))
    .take(BATCH);
  await deleteSessions(
    ctx,
    over.map((row) => row._id),
  );
  return Math.max(idle.length, over.length);
}

async function expireEvents(ctx: MutationCtx, now: number): Promise<number> {
  const events = await ctx.db
    .query("AuditEvent")
    .withIndex("by_creation_time", (q) =>
      q.lte("_creationTime", now - AUDIT_RETENTION_MS),
    )
    .take(BATCH);
  for (const event of events) {
    await ctx.db.delete("AuditEvent", event._id);
  }
  return events.length;
}
