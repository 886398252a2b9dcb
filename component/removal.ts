/** Removing users with everything that belongs to them, at any size. */
import { v } from "convex/values";
import { doneOrRefused } from "../schema/result.js";
import { internal } from "./_generated/api.js";
import type { Doc } from "./_generated/dataModel.js";
import {
  internalMutation,
  mutation,
  type MutationCtx,
} from "./_generated/server.js";
import { readAccounts } from "./accountRows.js";
import { record } from "./audit.js";
import { deleteCodes } from "./codes.js";
import { decide } from "./core.js";
import { requestOrigin } from "./requestOrigin.js";
import { deleteSessions, readSessions } from "./sessionRows.js";
import { findUser } from "./user.js";

/**
 * Rows that one transaction touches at most: well below Convex's limits, also
 * when each of them is read, deleted, and has another row to it.
 */
const BATCH = 200;

/**
 * Removes a user. The user, and what one transaction holds of the sessions and
 * accounts, are gone at once; the rest follows in batches.
 */
export const removeUser = mutation({
  args: { userId: v.string(), cascade: v.boolean() },
  returns: doneOrRefused,
  handler: async (ctx, args) => {
    const user = await findUser(ctx, args.userId);
    const sessions = user === null ? [] : await readSessions(ctx, user._id);
    const accounts = user === null ? [] : await readAccounts(ctx, user._id);
    const decision = decide("checkUserRemoval", {
      exists: user !== null,
      cascade: args.cascade,
      linkedRecords: sessions.length + accounts.length,
    });
    if (decision.kind === "refused" || user === null) {
      return decision;
    }
    await ctx.db.delete("User", user._id);
    await record(ctx, [
      {
        ...{ event: "userRemoved", outcome: "success", userId: user._id },
        ...(await requestOrigin(ctx)),
      },
    ]);
    await deleteRecords(ctx, sessions, accounts);
    await ctx.scheduler.runAfter(0, internal.removal.forget, {
      ...{ userId: user._id, cursor: null },
    });
    return decision;
  },
});

/**
 * Removes what is left of a user, and takes addresses and devices out of the
 * audit trail; the events themselves stay. Runs again until nothing is left,
 * and after a failure Convex runs it again from where it was.
 */
export const forget = internalMutation({
  args: { userId: v.id("User"), cursor: v.union(v.number(), v.null()) },
  returns: v.null(),
  handler: async (ctx, { userId, cursor }) => {
    const sessions = await readSessions(ctx, userId);
    const accounts = await readAccounts(ctx, userId);
    await deleteRecords(ctx, sessions, accounts);
    const events = await ctx.db
      .query("AuditEvent")
      .withIndex("userId", (q) => {
        const ofUser = q.eq("userId", userId);
        return cursor === null ? ofUser : ofUser.gt("_creationTime", cursor);
      })
      .take(BATCH);
    for (const event of events) {
      await ctx.db.patch("AuditEvent", event._id, {
        ...{ ipAddress: undefined, userAgent: undefined },
      });
    }
    const found = sessions.length + accounts.length;
    if (found > 0 || events.length === BATCH) {
      await ctx.scheduler.runAfter(0, internal.removal.forget, {
        userId,
        cursor: events.at(-1)?._creationTime ?? cursor,
      });
    }
    return null;
  },
});

/** Deletes sessions, accounts, and the codes that were sent for them. */
async function deleteRecords(
  ctx: MutationCtx,
  sessions: Doc<"Session">[],
  accounts: Doc<"Account">[],
): Promise<void> {
  await deleteSessions(
    ctx,
    sessions.map((session) => session._id),
  );
  for (const account of accounts) {
    await ctx.db.delete("Account", account._id);
    await deleteCodes(ctx, account.provider, account.accountId);
  }
}
