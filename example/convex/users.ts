import { v } from "convex/values";
import { mutation, query } from "./_generated/server";
import { auth } from "./auth";

/** The signed-in user's profile, or `null`. */
export const viewer = query({
  args: {},
  returns: v.union(
    v.object({
      _id: v.string(),
      _creationTime: v.number(),
      name: v.optional(v.string()),
      email: v.optional(v.string()),
      emailVerificationTime: v.optional(v.number()),
      image: v.optional(v.string()),
    }),
    v.null(),
  ),
  handler: async (ctx) => {
    const user = await auth.user.viewer(ctx);
    if (user === null) {
      return null;
    }
    const { _id, _creationTime, name, email, emailVerificationTime, image } =
      user;
    return { _id, _creationTime, name, email, emailVerificationTime, image };
  },
});

/** Changes the signed-in user's name. */
export const updateProfile = mutation({
  args: { name: v.string() },
  returns: v.null(),
  handler: async (ctx, { name }) => {
    const { userId } = await auth.session.require(ctx);
    await auth.user.patch(ctx, userId, { name });
    return null;
  },
});

/** Deletes the signed-in user's account with everything in it. */
export const remove = mutation({
  args: {},
  returns: v.null(),
  handler: async (ctx) => {
    const { userId } = await auth.session.require(ctx);
    await auth.user.remove(ctx, userId, { actorUserId: userId });
    return null;
  },
});
