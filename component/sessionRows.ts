import type { NewSession } from "../pkg/core.js";
import type { Doc, Id } from "./_generated/dataModel.js";
import type { MutationCtx, QueryCtx } from "./_generated/server.js";

/**
 * The most sessions that are read of a user: the core never lets there be
 * more than a hundred, and one more at the moment of a sign-in.
 */
const MAX_SESSIONS = 101;

/** A session by an id from outside. */
export async function findSession(
  ctx: QueryCtx,
  id: string,
): Promise<Doc<"Session"> | null> {
  const sessionId = ctx.db.normalizeId("Session", id);
  return sessionId === null ? null : await ctx.db.get("Session", sessionId);
}

/** The sessions of a user, oldest first. */
export async function readSessions(
  ctx: QueryCtx,
  userId: Id<"User">,
): Promise<Doc<"Session">[]> {
  return await ctx.db
    .query("Session")
    .withIndex("userId", (q) => q.eq("userId", userId))
    .take(MAX_SESSIONS);
}

/**
 * Ends a session: its row and its refresh token. Live queries see it. The
 * refresh token must not stay, since its row is enough for most refreshes.
 */
export async function deleteSession(
  ctx: MutationCtx,
  sessionId: Id<"Session">,
): Promise<void> {
  await deleteRefreshToken(ctx, sessionId);
  if ((await ctx.db.get("Session", sessionId)) !== null) {
    await ctx.db.delete("Session", sessionId);
  }
}

/** Deletes what recognises the refresh tokens of a session, if it has any. */
export async function deleteRefreshToken(
  ctx: MutationCtx,
  sessionId: Id<"Session">,
): Promise<void> {
  const refreshToken = await ctx.db
    .query("RefreshToken")
    .withIndex("sessionId", (q) => q.eq("sessionId", sessionId))
    .unique();
  if (refreshToken !== null) {
    await ctx.db.delete("RefreshToken", refreshToken._id);
  }
}

/** Ends the sessions whose ids the core has named. */
export async function deleteSessions(
  ctx: MutationCtx,
  sessionIds: string[],
): Promise<void> {
  for (const sessionId of sessionIds) {
    await deleteSession(ctx, sessionId as Id<"Session">);
  }
}

/** Opens a session. */
export async function insertSession(
  ctx: MutationCtx,
  userId: Id<"User">,
  session: NewSession,
): Promise<Id<"Session">> {
  return await ctx.db.insert("Session", { userId, ...session });
}
