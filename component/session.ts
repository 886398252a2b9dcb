import { paginator } from "convex-helpers/server/pagination";
import { v } from "convex/values";
import { sessionConfig } from "../schema/config.js";
import { refusal, tokens } from "../schema/result.js";
import { sessionDocument } from "../schema/session.js";
import type { Doc } from "./_generated/dataModel.js";
import { mutation, query, type MutationCtx } from "./_generated/server.js";
import { record } from "./audit.js";
import { decide } from "./core.js";
import { page, pageOf, pageOptions } from "./page.js";
import { requestOrigin } from "./requestOrigin.js";
import schema from "./schema.js";
import { deleteSession, readSessions } from "./sessionRows.js";
import { readSigningKey } from "./signingKey.js";

/** Exchanges a refresh token for new tokens. */
export const refresh = mutation({
  args: { refreshToken: v.string(), config: sessionConfig },
  returns: v.union(
    v.object({ kind: v.literal("refreshed"), tokens }),
    v.object({ kind: v.literal("refused"), refusal }),
  ),
  handler: async (ctx, { refreshToken, config }) => {
    const presented = decide("sessionPresent", refreshToken);
    if (presented.kind === "refused") {
      return presented;
    }
    const now = Date.now();
    const row = await ctx.db
      .query("RefreshToken")
      .withIndex("familyHash", (q) => q.eq("familyHash", presented.familyHash))
      .unique();
    const session =
      row === null ? null : await ctx.db.get("Session", row.sessionId);
    const user =
      session === null ? null : await ctx.db.get("User", session.userId);
    const answer = decide("sessionRefresh", {
      ...{ now, config, refreshToken },
      origin: await requestOrigin(ctx),
      row: row ?? undefined,
      session: session ?? undefined,
      user: user ?? undefined,
      signingKey: await readSigningKey(ctx, now),
    });
    await record(ctx, answer.audit);
    if (answer.revoke && row !== null) {
      await deleteSession(ctx, row.sessionId);
    }
    if (answer.write.kind === "rotate" && row !== null) {
      const { kind: _kind, ...rotation } = answer.write;
      await ctx.db.patch("RefreshToken", row._id, rotation);
    }
    if (answer.session !== undefined && session !== null) {
      await ctx.db.patch("Session", session._id, answer.session);
    }
    if (answer.outcome.kind === "refused") {
      return answer.outcome;
    }
    const { kind, ...tokens } = answer.outcome;
    return { kind, tokens };
  },
});

/** A session that has not ended, or `null`. */
export const get = query({
  args: { sessionId: v.string() },
  returns: v.union(sessionDocument, v.null()),
  handler: async (ctx, args) => {
    const sessionId = ctx.db.normalizeId("Session", args.sessionId);
    const session =
      sessionId === null ? null : await ctx.db.get("Session", sessionId);
    return session !== null && isLive(session) ? session : null;
  },
});

/**
 * Whether a token's session still goes on. Live: the query runs again when the
 * session ends.
 */
export const isValid = query({
  args: { sessionId: v.string(), userId: v.string() },
  returns: v.boolean(),
  handler: async (ctx, args) => {
    const sessionId = ctx.db.normalizeId("Session", args.sessionId);
    const session =
      sessionId === null ? null : await ctx.db.get("Session", sessionId);
    return session?.userId === args.userId && isLive(session);
  },
});

/** The sessions of a user, newest first. */
export const list = query({
  args: { userId: v.string(), ...pageOptions },
  returns: pageOf(sessionDocument),
  handler: async (ctx, args) => {
    const userId = ctx.db.normalizeId("User", args.userId);
    if (userId === null) {
      return { items: [], nextCursor: null };
    }
    const { items, nextCursor } = page(
      await paginator(ctx.db, schema)
        .query("Session")
        .withIndex("userId", (q) => q.eq("userId", userId))
        .order(args.order ?? "desc")
        .paginate({ numItems: args.limit, cursor: args.cursor }),
    );
    return { items: items.filter(isLive), nextCursor };
  },
});

/** Ends the session of the caller. Ending one that is over does nothing. */
export const signOut = mutation({
  args: { sessionId: v.string(), userId: v.string() },
  returns: v.null(),
  handler: async (ctx, args) => {
    const sessionId = ctx.db.normalizeId("Session", args.sessionId);
    const session =
      sessionId === null ? null : await ctx.db.get("Session", sessionId);
    if (session?.userId === args.userId) {
      await endSession(ctx, session, "signOut");
    }
    return null;
  },
});

/** Ends all sessions of a user but those in `except`. */
export const invalidate = mutation({
  args: { userId: v.string(), except: v.array(v.string()) },
  returns: v.null(),
  handler: async (ctx, args) => {
    const userId = ctx.db.normalizeId("User", args.userId);
    const sessions = userId === null ? [] : await readSessions(ctx, userId);
    for (const session of sessions) {
      if (!args.except.includes(session._id)) {
        await endSession(ctx, session, "sessionRevoked");
      }
    }
    return null;
  },
});

/** Ends one session of a user. */
export const revoke = mutation({
  args: { userId: v.string(), sessionId: v.string() },
  returns: v.null(),
  handler: async (ctx, args) => {
    const sessionId = ctx.db.normalizeId("Session", args.sessionId);
    const session =
      sessionId === null ? null : await ctx.db.get("Session", sessionId);
    if (session?.userId === args.userId) {
      await endSession(ctx, session, "sessionRevoked");
    }
    return null;
  },
});

function isLive(session: Doc<"Session">): boolean {
  return decide("sessionIsLive", session, Date.now());
}

async function endSession(
  ctx: MutationCtx,
  session: Doc<"Session">,
  event: "signOut" | "sessionRevoked",
): Promise<void> {
  await deleteSession(ctx, session._id);
  await record(ctx, [
    {
      ...{ event, outcome: "success", userId: session.userId },
      ...{ sessionId: session._id, ...(await requestOrigin(ctx)) },
    },
  ]);
}
