/** Functions of the app, each with one call of `auth.key`. */
import { mutationGeneric, queryGeneric } from "convex/server";
import { ConvexError, v } from "convex/values";
import { auth, authMutation, authQuery } from "./auth.mjs";

const created = v.object({ keyId: v.string(), raw: v.string() });

const scopes = [{ resource: "report", actions: ["read"] }];

/** Reads only, so that it can be part of a reactive query. */
export const verifyInQuery = queryGeneric({
  args: { raw: v.string() },
  returns: v.string(),
  handler: async (ctx, { raw }) => (await auth.key.verify(ctx, raw)).keyId,
});

/** Counts the use, if the key has limits. */
export const verify = mutationGeneric({
  args: { raw: v.string() },
  returns: v.string(),
  handler: async (ctx, { raw }) => (await auth.key.verify(ctx, raw)).keyId,
});

/** The same, answering whether the key still had a use. */
export const use = mutationGeneric({
  args: { raw: v.string() },
  returns: v.boolean(),
  handler: async (ctx, { raw }) => {
    try {
      await auth.key.verify(ctx, raw);
      return true;
    } catch (error) {
      if (isUsedUp(error)) return false;
      throw error;
    }
  },
});

/** @param {unknown} error */
function isUsedUp(error) {
  return (
    error instanceof ConvexError &&
    ["API_KEY_RATE_LIMITED", "API_KEY_QUOTA_EXCEEDED"].includes(error.data.code)
  );
}

/** Keys that are alike, made by the app. */
export const createMany = mutationGeneric({
  args: { key: v.any(), count: v.number() },
  returns: v.array(created),
  handler: async (ctx, { key, count }) => {
    const keys = [];
    while (keys.length < count) {
      const name = `Key ${keys.length}`;
      keys.push(await auth.key.create(ctx, { name, scopes, ...key }));
    }
    return keys;
  },
});

/** An organization that the user owns, and so may make keys for. */
export const createGroup = mutationGeneric({
  args: { userId: v.string() },
  returns: v.string(),
  handler: (ctx, { userId }) =>
    auth.group.create(ctx, {
      name: "Analytical Engines",
      slug: "analytical-engines",
      actorUserId: userId,
    }),
});

/** A key of the signed-in user, who makes it. */
export const create = authMutation({
  permissions: "signedIn",
  args: {},
  returns: created,
  handler: (ctx) => {
    const { userId } = ctx;
    const key = { name: "Report", scopes, userId, actorUserId: userId };
    return auth.key.create(ctx, key);
  },
});

/** Replaces a key of the signed-in user. */
export const rotate = authMutation({
  permissions: "signedIn",
  args: { keyId: v.string() },
  returns: created,
  handler: (ctx, { keyId }) =>
    auth.key.rotate(ctx, keyId, { actorUserId: ctx.userId }),
});

/** The first keys of the signed-in user. */
export const list = authQuery({
  permissions: "signedIn",
  args: { limit: v.number() },
  returns: v.any(),
  handler: (ctx, { limit }) =>
    auth.key.list(ctx, { where: { userId: ctx.userId }, limit }),
});
