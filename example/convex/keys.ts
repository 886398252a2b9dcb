import { v } from "convex/values";
import { mutation, query } from "./_generated/server";
import { auth } from "./auth";
import { listedKey, listedKeyOf, readKeys } from "./keyList";
import {
  keyChange,
  keyChangeArguments,
  newKeyArguments,
  newKeyTerms,
} from "./keyTerms";

// All but `list` and `create` are about an organization's keys as well: who does
// it is passed on, and the core asks for `apiKey` permissions in that case.

/** The API keys of the signed-in user. */
export const list = query({
  args: {},
  returns: v.array(listedKey),
  handler: async (ctx) => {
    const { userId } = await auth.session.require(ctx);
    const keys = await readKeys(ctx, { userId });
    return keys.map((key) => listedKeyOf(key));
  },
});

const allowance = v.object({
  remaining: v.number(),
  resetTime: v.optional(v.number()),
});

/**
 * What is left of a key's limits, live; `null` to who may not see the key. It
 * is a query of its own, so that a use does not have the whole list sent again.
 */
export const usage = query({
  args: { keyId: v.string() },
  returns: v.union(
    v.object({
      rateLimit: v.optional(allowance),
      quota: v.optional(allowance),
    }),
    v.null(),
  ),
  handler: async (ctx, { keyId }) => {
    const { userId } = await auth.session.require(ctx);
    const key = await auth.key.get(ctx, keyId);
    const isVisible =
      key?.groupId === undefined
        ? key?.userId === userId
        : await auth.permission.check(ctx, {
            ...{ userId, groupId: key.groupId },
            permissions: { apiKey: ["read"] },
          });
    return isVisible ? await auth.key.usage(ctx, keyId) : null;
  },
});

/** Where the app's HTTP routes are, for the examples on the page. */
export const siteUrl = query({
  args: {},
  returns: v.string(),
  handler: () => process.env.CONVEX_SITE_URL ?? "",
});

/** Makes a key of the signed-in user. The answer is the only copy of it. */
export const create = mutation({
  args: newKeyArguments,
  returns: v.string(),
  handler: async (ctx, terms) => {
    const { userId } = await auth.session.require(ctx);
    const { raw } = await auth.key.create(ctx, {
      ...{ userId, actorUserId: userId, ...newKeyTerms(terms) },
    });
    return raw;
  },
});

/** Changes a key; also lets it rest, or work again. */
export const update = mutation({
  args: { keyId: v.string(), ...keyChangeArguments },
  returns: v.null(),
  handler: async (ctx, { keyId, ...change }) => {
    const { userId } = await auth.session.require(ctx);
    const actor = { actorUserId: userId };
    await auth.key.update(ctx, keyId, keyChange(change), actor);
    return null;
  },
});

/** Replaces a key by a new one, which is the answer, and revokes the old one. */
export const rotate = mutation({
  args: { keyId: v.string() },
  returns: v.string(),
  handler: async (ctx, { keyId }) => {
    const { userId } = await auth.session.require(ctx);
    const { raw } = await auth.key.rotate(ctx, keyId, { actorUserId: userId });
    return raw;
  },
});

/** Revokes a key, for good. */
export const revoke = mutation({
  args: { keyId: v.string() },
  returns: v.null(),
  handler: async (ctx, { keyId }) => {
    const { userId } = await auth.session.require(ctx);
    await auth.key.revoke(ctx, keyId, { actorUserId: userId });
    return null;
  },
});

/** Deletes a key, so that it is not listed any more. */
export const remove = mutation({
  args: { keyId: v.string() },
  returns: v.null(),
  handler: async (ctx, { keyId }) => {
    const { userId } = await auth.session.require(ctx);
    await auth.key.remove(ctx, keyId, { actorUserId: userId });
    return null;
  },
});
