/** Ending sessions. */
import { v } from "convex/values";
import type { Doc } from "../_generated/dataModel.js";
import { mutation, type MutationCtx } from "../_generated/server.js";
import { record } from "../auditRows.js";
import { requestOrigin } from "../requestOrigin.js";
import { deleteSession, findSession, readSessions } from "../sessionRows.js";

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
      event,
      outcome: "success",
      userId: session.userId,
      sessionId: session._id,
      ...(await requestOrigin(ctx)),
    },
  ]);
}
