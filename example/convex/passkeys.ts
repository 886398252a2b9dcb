import { v } from "convex/values";
import { mutation, query } from "./_generated/server";
import { auth } from "./auth";

/** The passkeys of the signed-in user. */
export const list = query({
  args: {},
  returns: v.array(
    v.object({
      _id: v.string(),
      _creationTime: v.number(),
      name: v.string(),
      /** Whether it is kept on several devices. */
      isSynced: v.boolean(),
      lastUsedTime: v.optional(v.number()),
    }),
  ),
  handler: async (ctx) => {
    const { userId } = await auth.session.require(ctx);
    const passkeys = await auth.passkey.list(ctx, { userId });
    return passkeys.map(
      ({ _id, _creationTime, name, backedUp, lastUsedTime }) => ({
        ...{ _id, _creationTime, name, isSynced: backedUp, lastUsedTime },
      }),
    );
  },
});

/** Gives a passkey another name. */
export const rename = mutation({
  args: { passkeyId: v.string(), name: v.string() },
  returns: v.null(),
  handler: async (ctx, { passkeyId, name }) => {
    const { userId } = await auth.session.require(ctx);
    const actor = { actorUserId: userId };
    await auth.passkey.rename(ctx, passkeyId, name, actor);
    return null;
  },
});

/** Removes a passkey. */
export const remove = mutation({
  args: { passkeyId: v.string() },
  returns: v.null(),
  handler: async (ctx, { passkeyId }) => {
    const { userId } = await auth.session.require(ctx);
    await auth.passkey.remove(ctx, passkeyId, { actorUserId: userId });
    return null;
  },
});
