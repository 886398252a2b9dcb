/** Whether sessions go on, which every page asks: these queries load little. */
import { v } from "convex/values";
import { sessionDocument } from "../../schema/session.js";
import { query } from "../_generated/server.js";
import { findSession } from "../sessionRows.js";

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
