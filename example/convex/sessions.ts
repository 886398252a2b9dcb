import { v } from "convex/values";
import { mutation, query } from "./_generated/server";
import { auth } from "./auth";

/** The devices on which the user is signed in, newest first. */
export const list = query({
  args: {},
  returns: v.array(
    v.object({
      _id: v.string(),
      _creationTime: v.number(),
      current: v.boolean(),
      lastActiveTime: v.number(),
      expirationTime: v.number(),
      ipAddress: v.union(v.string(), v.null()),
      userAgent: v.union(v.string(), v.null()),
      provider: v.string(),
    }),
  ),
  handler: async (ctx) => {
    const { userId, sessionId } = await auth.session.require(ctx);
    const { items } = await auth.session.list(ctx, { userId, limit: 100 });
    return items.map((session) => ({
      _id: session._id,
      _creationTime: session._creationTime,
      current: session._id === sessionId,
      lastActiveTime: session.lastActiveTime,
      expirationTime: session.expirationTime,
      ipAddress: session.ipAddress ?? null,
      userAgent: session.userAgent ?? null,
      provider: session.provider,
    }));
  },
});

/** Signs out one of the user's devices. */
export const revoke = mutation({
  args: { sessionId: v.string() },
  returns: v.null(),
  handler: async (ctx, { sessionId }) => {
    const { userId } = await auth.session.require(ctx);
    await auth.session.revoke(ctx, { userId, sessionId });
    return null;
  },
});

/** Signs out all of the user's devices but this one. */
export const revokeOthers = mutation({
  args: {},
  returns: v.null(),
  handler: async (ctx) => {
    const { userId, sessionId } = await auth.session.require(ctx);
    await auth.session.invalidate(ctx, { userId, except: [sessionId] });
    return null;
  },
});
