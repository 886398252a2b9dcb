import { v } from "convex/values";
import { auth } from "./auth";
import { authQuery } from "./functions";
import { personName } from "./personName";

/** How many events a page has. */
const PAGE_SIZE = 20;

/** What happened in an organization itself, newest first. */
export const list = authQuery({
  permissions: { organization: ["update"] },
  args: { cursor: v.union(v.string(), v.null()) },
  returns: v.object({
    items: v.array(
      v.object({
        _id: v.string(),
        _creationTime: v.number(),
        event: v.string(),
        outcome: v.union(v.literal("success"), v.literal("refused")),
        code: v.optional(v.string()),
        /** Who did it. */
        actor: v.optional(v.string()),
        /** Whom it is about, if that is somebody else. */
        subject: v.optional(v.string()),
      }),
    ),
    nextCursor: v.union(v.string(), v.null()),
  }),
  handler: async (ctx, { cursor }) => {
    const { items, nextCursor } = await auth.audit.list(ctx, {
      ...{ groupId: ctx.groupId, cursor, limit: PAGE_SIZE },
    });
    const nameOf = async (userId: string | undefined) =>
      userId === undefined
        ? undefined
        : personName(await auth.user.get(ctx, userId));
    return {
      items: await Promise.all(
        items.map(async (event) => ({
          _id: event._id,
          _creationTime: event._creationTime,
          event: event.event,
          outcome: event.outcome,
          code: event.code,
          actor: await nameOf(event.actorUserId ?? event.userId),
          subject:
            event.actorUserId === undefined
              ? undefined
              : await nameOf(event.userId),
        })),
      ),
      nextCursor,
    };
  },
});
