/** Reading one user, which every page does: these queries load little. */
import { v } from "convex/values";
import { userDocument } from "../../schema/user.js";
import { query } from "../_generated/server.js";
import { findSession } from "../sessionRows.js";
import { findUser } from "../userRows.js";

/** A user, or `null`. */
export const get = query({
  args: { userId: v.string() },
  returns: v.union(userDocument, v.null()),
  handler: async (ctx, args) => await findUser(ctx, args.userId),
});

/** The user of a verified access token whose session goes on, or `null`. */
export const viewer = query({
  args: { userId: v.string(), sessionId: v.string() },
  returns: v.union(userDocument, v.null()),
  handler: async (ctx, args) => {
    const session = await findSession(ctx, args.sessionId);
    return session?.userId === args.userId
      ? await findUser(ctx, args.userId)
      : null;
  },
});
