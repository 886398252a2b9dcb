import { paginator } from "convex-helpers/server/pagination";
import { v } from "convex/values";
import { sessionDocument } from "../schema/session.js";
import type { Doc } from "./_generated/dataModel.js";
import { mutation, query, type MutationCtx } from "./_generated/server.js";
import { record } from "./auditRows.js";
import { pageOf, pageOptions, readPage } from "./page.js";
import { requestOrigin } from "./requestOrigin.js";
import schema from "./schema.js";
import { deleteSession, findSession, readSessions } from "./sessionRows.js";

/**
 * A session, or `null` when it was ended. Its `expirationTime` says until when
 * it goes on by itself.
 */
export const get = query({
  args: { sessionId: v.string() },
  returns: v.union(sessionDocument, v.null()),
  handler: async (ctx, args) => await findSession(ctx, args.sessionId),
});

/**
 * Whether the session of a verified access token goes on. A token never
 * outlives its session, so that the row is all there is to ask for: no time is
 * read, and the query runs again only when the session ends.
 */
export const isValid = query({
  args: { sessionId: v.string(), userId: v.string() },
  returns: v.boolean(),
  handler: async (ctx, args) => {
    const session = await findSession(ctx, args.sessionId);
    return session?.userId === args.userId;
  },
});

/** The sessions of a user that go on, newest first. */
export const list = query({
  args: { userId: v.string(), ...pageOptions },
  returns: pageOf(sessionDocument),
  handler: async (ctx, args) => {
    const userId = ctx.db.normalizeId("User", args.userId);
    if (userId === null) {
      return { items: [], nextCursor: null };
    }
    const sessions = paginator(ctx.db, schema)
      .query("Session")
      .withIndex("userId_expirationTime", (q) =>
        q.eq("userId", userId).gt("expirationTime", Date.now()),
      )
      .order(args.order ?? "desc");
    return await readPage(sessions, args, {
      ...{ prefix: [userId], fields: 1 },
    });
  },
});

/** Ends the session of the caller. Ending one that is over does nothing. */
export const signOut = mutation({
  args: { sessionId: v.string(), userId: v.string() },
  returns: v.null(),
  handler: async (ctx, args) => {
    const session = await findSession(ctx, args.sessionId);
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
    const session = await findSession(ctx, args.sessionId);
    if (session?.userId === args.userId) {
      await endSession(ctx, session, "sessionRevoked");
    }
    return null;
  },
});

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
