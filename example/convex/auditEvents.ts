import { v } from "convex/values";
import { query } from "./_generated/server";
import { auth } from "./auth";
import { personName } from "./personName";

/** What happened to the signed-in user's account, newest first. */
export const list = query({
  args: { cursor: v.union(v.string(), v.null()) },
  returns: v.object({
    items: v.array(
      v.object({
        _id: v.string(),
        _creationTime: v.number(),
        event: v.string(),
        outcome: v.union(v.literal("success"), v.literal("refused")),
        code: v.optional(v.string()),
        ipAddress: v.optional(v.string()),
        userAgent: v.optional(v.string()),
        sessionId: v.optional(v.string()),
        /** The name of the group it is about, if that is still there. */
        group: v.optional(v.string()),
        /** Who did it, if it was somebody else. */
        actor: v.optional(v.string()),
      }),
    ),
    nextCursor: v.union(v.string(), v.null()),
  }),
  handler: async (ctx, { cursor }) => {
    const { userId } = await auth.session.require(ctx);
    const { items, nextCursor } = await auth.audit.list(ctx, {
      ...{ userId, cursor, limit: 20 },
    });
    return {
      items: await Promise.all(
        items.map(async (event) => ({
          _id: event._id,
          _creationTime: event._creationTime,
          event: event.event,
          outcome: event.outcome,
          code: event.code,
          ipAddress: event.ipAddress,
          userAgent: event.userAgent,
          sessionId: event.sessionId,
          group:
            event.groupId === undefined
              ? undefined
              : (await auth.group.get(ctx, event.groupId))?.name,
          actor:
            event.actorUserId === undefined
              ? undefined
              : personName(await auth.user.get(ctx, event.actorUserId)),
        })),
      ),
      nextCursor,
    };
  },
});
