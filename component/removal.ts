/** Removing users with everything that belongs to them, at any size. */
import { literals } from "convex-helpers/validators";
import { v } from "convex/values";
import type { Ownership } from "../pkg/core.js";
import { doneOrRefused } from "../schema/result.js";
import { internal } from "./_generated/api.js";
import type { Doc, Id } from "./_generated/dataModel.js";
import {
  internalMutation,
  mutation,
  type MutationCtx,
} from "./_generated/server.js";
import { readAccounts } from "./accountRows.js";
import { record } from "./auditRows.js";
import { deleteCodes } from "./codes.js";
import { decide } from "./accountsCore.js";
import { askFresh, freshness } from "./freshness.js";
import { deleteMembers } from "./memberRows.js";
import { RemovalBudget } from "./removalBatch.js";
import { removeKeys } from "./removalBatchKeys.js";
import { takeMemberships } from "./removalBatchUser.js";
import {
  continueRemoval,
  findRemoval,
  startRemoval,
} from "./removalJobRows.js";
import { requestOrigin } from "./requestOrigin.js";
import { deleteSessions, readSessions } from "./sessionRows.js";
import { hasOtherOwner, readOwned } from "./standing.js";
import { readPasskeys } from "./passkeyRows.js";
import { deleteAllFactors, readTotps } from "./secondFactorRows.js";
import { findUser } from "./userRows.js";

/**
 * Rows that one transaction touches at most: well below Convex's limits, also
 * when each of them is read, deleted, and has another row to it.
 */
const BATCH = 200;

/**
 * Memberships that are deleted at once. With more, a job deletes them: each may
 * have 16 role assignments, and is counted in its group.
 */
const MAX_MEMBERSHIPS_AT_ONCE = 50;

/**
 * Removes a user. The user, and what one transaction holds of the sessions,
 * accounts and memberships, are gone at once; the rest follows in batches. The
 * last owner of an organization stays.
 */
export const removeUser = mutation({
  args: {
    userId: v.string(),
    cascade: v.boolean(),
    /** The session of the person who does it; it has to be fresh. */
    freshness: v.optional(freshness),
  },
  returns: doneOrRefused,
  handler: async (ctx, args) => {
    const fresh = await askFresh(ctx, decide, args.freshness);
    if (fresh.kind === "refused") {
      return fresh;
    }
    const user = await findUser(ctx, args.userId);
    const sessions = user === null ? [] : await readSessions(ctx, user._id);
    const accounts = user === null ? [] : await readAccounts(ctx, user._id);
    const passkeys = user === null ? [] : await readPasskeys(ctx, user._id);
    const totps = user === null ? [] : await readTotps(ctx, user._id);
    const taken =
      user === null
        ? { memberships: [], isAll: true }
        : await takeMemberships(ctx, user._id, MAX_MEMBERSHIPS_AT_ONCE + 1);
    const owned = user === null ? [] : await readOwned(ctx, user._id);
    const decision = decide("checkUserRemoval", {
      exists: user !== null,
      cascade: args.cascade,
      linkedRecords:
        sessions.length +
        accounts.length +
        taken.memberships.length +
        passkeys.length +
        totps.length +
        (user !== null && (await hasKey(ctx, user._id)) ? 1 : 0),
      ownerships: await readOwnerships(ctx, owned),
    });
    if (user === null) {
      return decision;
    }
    const event = { event: "userRemoved" as const, userId: user._id };
    const origin = await requestOrigin(ctx);
    if (decision.kind === "refused") {
      const { code } = decision.refusal;
      await record(ctx, [{ ...event, ...origin, outcome: "refused", code }]);
      return decision;
    }
    await ctx.db.delete("User", user._id);
    await record(ctx, [{ ...event, ...origin, outcome: "success" }]);
    await deleteRecords(ctx, sessions, accounts);
    await deleteAllFactors(ctx, user._id);
    await endGracePeriods(ctx, owned);
    await removeMemberships(ctx, user._id, taken, owned);
    await ctx.scheduler.runAfter(0, internal.removal.forget, {
      ...{ userId: user._id, cursor: null },
    });
    return decision;
  },
});

/**
 * Removes what is left of a user, and takes addresses and devices out of the
 * audit trail, where they are the user's; the events themselves stay. Runs again
 * until nothing is left, and after a failure Convex runs it again from where it
 * was.
 */
export const forget = internalMutation({
  args: {
    userId: v.id("User"),
    cursor: v.union(v.number(), v.null()),
    /** What the user is in the events: whom they are about, or who did it. */
    index: v.optional(literals("userId", "actorUserId")),
  },
  returns: v.null(),
  handler: async (ctx, { userId, cursor, index = "userId" }) => {
    const sessions = await readSessions(ctx, userId);
    const accounts = await readAccounts(ctx, userId);
    await deleteRecords(ctx, sessions, accounts);
    const others =
      (await deleteAcceptances(ctx, userId)) +
      (await deleteOneTimeTokens(ctx, userId)) +
      (await deleteKeys(ctx, userId));
    const events = await ctx.db
      .query("AuditEvent")
      .withIndex(index, (q) => {
        const ofUser = q.eq(index, userId);
        return cursor === null ? ofUser : ofUser.gt("_creationTime", cursor);
      })
      .take(BATCH);
    for (const event of events) {
      await ctx.db.patch("AuditEvent", event._id, {
        ...{ ipAddress: undefined, userAgent: undefined },
      });
    }
    const last = events.at(-1)?._creationTime ?? cursor;
    const found = sessions.length + accounts.length + others;
    if (found > 0 || events.length === BATCH) {
      await ctx.scheduler.runAfter(0, internal.removal.forget, {
        ...{ userId, index, cursor: last },
      });
    } else if (index === "userId") {
      await ctx.scheduler.runAfter(0, internal.removal.forget, {
        ...{ userId, index: "actorUserId", cursor: null },
      });
    }
    return null;
  },
});

/** Deletes notes of which invitations a user has accepted. */
async function deleteAcceptances(
  ctx: MutationCtx,
  userId: Id<"User">,
): Promise<number> {
  const acceptances = await ctx.db
    .query("GroupInviteAcceptance")
    .withIndex("userId", (q) => q.eq("userId", userId))
    .take(BATCH);
  for (const { _id } of acceptances) {
    await ctx.db.delete("GroupInviteAcceptance", _id);
  }
  return acceptances.length;
}

/** Deletes one-time tokens about a user. */
async function deleteOneTimeTokens(
  ctx: MutationCtx,
  userId: Id<"User">,
): Promise<number> {
  const tokens = await ctx.db
    .query("OneTimeToken")
    .withIndex("userId", (q) => q.eq("userId", userId))
    .take(BATCH);
  for (const { _id } of tokens) {
    await ctx.db.delete("OneTimeToken", _id);
  }
  return tokens.length;
}

/** Deletes API keys of a user. Without their owner, they do not work anyway. */
async function deleteKeys(
  ctx: MutationCtx,
  userId: Id<"User">,
): Promise<number> {
  const keys = ctx.db
    .query("ApiKey")
    .withIndex("userId", (q) => q.eq("userId", userId));
  return await removeKeys(ctx, new RemovalBudget(BATCH), keys);
}

/** Whether a user has any API key, revoked or not. */
async function hasKey(ctx: MutationCtx, userId: Id<"User">): Promise<boolean> {
  const key = await ctx.db
    .query("ApiKey")
    .withIndex("userId", (q) => q.eq("userId", userId))
    .first();
  return key !== null;
}

/** Which of the organizations that a user owns have another owner. */
async function readOwnerships(
  ctx: MutationCtx,
  owned: Doc<"GroupMember">[],
): Promise<Ownership[]> {
  const ownerships: Ownership[] = [];
  for (const { groupId, userId } of owned) {
    const group = await ctx.db.get("Group", groupId);
    if (group?.isRoot === true && group.deletedTime === undefined) {
      ownerships.push({
        groupId,
        hasOtherOwner: await hasOtherOwner(ctx, groupId, userId),
      });
    }
  }
  return ownerships;
}

/**
 * Begins the removal of the deleted organizations that a user owns alone: there
 * would be nobody to own them if they were restored.
 */
async function endGracePeriods(
  ctx: MutationCtx,
  owned: Doc<"GroupMember">[],
): Promise<void> {
  for (const { groupId, userId } of owned) {
    const job = await findRemoval(ctx, groupId);
    if (
      job?.state === "waiting" &&
      !(await hasOtherOwner(ctx, groupId, userId))
    ) {
      await continueRemoval(ctx, job, { state: "running", dueTime: undefined });
    }
  }
}

/**
 * Removes the memberships of a user who is gone, at once or in batches. Those
 * that stay for a while own nothing any more, so that no other owner relies on
 * them; the core keeps the number of groups that a user owns small enough.
 */
async function removeMemberships(
  ctx: MutationCtx,
  userId: Id<"User">,
  { memberships, isAll }: Awaited<ReturnType<typeof takeMemberships>>,
  owned: Doc<"GroupMember">[],
): Promise<void> {
  if (isAll) {
    await deleteMembers(ctx, memberships);
  } else {
    for (const { _id } of owned) {
      await ctx.db.patch("GroupMember", _id, { isOwner: false });
    }
    await startRemoval(ctx, { kind: "user", subjectId: userId });
  }
}

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
