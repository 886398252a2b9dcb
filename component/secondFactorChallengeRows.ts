/** Sign-ins that wait for their second factor. */
import type { WithoutSystemFields } from "convex/server";
import type { Doc } from "./_generated/dataModel.js";
import type { MutationCtx } from "./_generated/server.js";

/**
 * The most sign-ins of a user that wait. One more takes the place of the oldest,
 * so that all can be made void in one transaction.
 */
const MAX_WAITING = 20;

/** Stores a sign-in that waits. */
export async function insertChallenge(
  ctx: MutationCtx,
  row: WithoutSystemFields<Doc<"SecondFactorChallenge">>,
): Promise<void> {
  const waiting = await readChallenges(ctx, row.userId);
  const surplus = Math.max(0, waiting.length + 1 - MAX_WAITING);
  for (const { _id } of waiting.slice(0, surplus)) {
    await ctx.db.delete("SecondFactorChallenge", _id);
  }
  await ctx.db.insert("SecondFactorChallenge", row);
}

/** Makes all sign-ins of a user void that wait. */
export async function deleteChallenges(
  ctx: MutationCtx,
  userId: string,
): Promise<void> {
  for (const { _id } of await readChallenges(ctx, userId)) {
    await ctx.db.delete("SecondFactorChallenge", _id);
  }
}

async function readChallenges(
  ctx: MutationCtx,
  userId: string,
): Promise<Doc<"SecondFactorChallenge">[]> {
  return await ctx.db
    .query("SecondFactorChallenge")
    .withIndex("userId", (q) => q.eq("userId", userId))
    .take(MAX_WAITING);
}
