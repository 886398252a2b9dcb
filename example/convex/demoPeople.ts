import { ConvexError, v } from "convex/values";
import { auth } from "./auth";
import { authMutation } from "./functions";

/** How many people are added in one transaction, at most. */
const MAX_AT_ONCE = 100;

/**
 * Takes made-up people into a group, so that the demo shows long lists and how
 * far the deletion of something large is. Nobody can sign in as one of them. A
 * real app has no such function.
 */
export const add = authMutation({
  permissions: { member: ["create"] },
  args: {
    /** The number of the first one. */
    first: v.number(),
    count: v.number(),
  },
  returns: v.null(),
  handler: async (ctx, { first, count }) => {
    const { groupId } = ctx;
    if (count > MAX_AT_ONCE) {
      throw new ConvexError("these are too many people at once");
    }
    for (let number = first; number < first + count; number += 1) {
      const { user } = await auth.account.create(ctx, {
        provider: "demo",
        account: { id: `${Date.now()}-${number}` },
        profile: { name: `Demo person ${number}` },
      });
      // Without an actor, since the app itself has made them up.
      await auth.member.add(ctx, {
        ...{ groupId, userId: user._id, role: "member" },
      });
    }
    return null;
  },
});
