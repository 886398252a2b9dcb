import { v } from "convex/values";
import { mutation, query } from "./_generated/server";
import { auth } from "./auth";
import { scopesFrom, scopeValidator } from "./keyScopes";

/** How many working keys are shown, and how many others: more than one can have. */
const SHOWN = 100;

const rateLimitValidator = v.object({
  maxRequests: v.number(),
  windowMs: v.number(),
});

/**
 * The API keys of the signed-in user, newest first: those that were not
 * revoked before those that were.
 */
export const list = query({
  args: {},
  returns: v.array(
    v.object({
      _id: v.string(),
      _creationTime: v.number(),
      name: v.string(),
      /** How the key begins. */
      start: v.string(),
      scopes: v.array(v.string()),
      rateLimit: v.optional(rateLimitValidator),
      enabled: v.boolean(),
      revoked: v.boolean(),
      /** Whether another key has taken its place. */
      isReplaced: v.boolean(),
      expiresAt: v.optional(v.number()),
      lastUsedAt: v.optional(v.number()),
    }),
  ),
  handler: async (ctx) => {
    const { userId } = await auth.session.require(ctx);
    const pages = await Promise.all(
      [false, true].map((revoked) =>
        auth.key.list(ctx, {
          ...{ where: { userId, revoked }, order: "desc", limit: SHOWN },
        }),
      ),
    );
    return pages
      .flatMap(({ items }) => items)
      .map((key) => ({
        ...{ _id: key._id, _creationTime: key._creationTime, name: key.name },
        ...{ start: key.start, enabled: key.enabled, revoked: key.revoked },
        scopes: key.scopes.flatMap(({ resource, actions }) =>
          actions.map((action) => `${resource}:${action}`),
        ),
        ...(key.rateLimit === undefined
          ? {}
          : {
              rateLimit: {
                maxRequests: key.rateLimit.maxRequests,
                windowMs: key.rateLimit.windowMs,
              },
            }),
        isReplaced: key.successorKeyId !== undefined,
        expiresAt: key.expiresAt,
        lastUsedAt: key.lastUsedAt,
      }));
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
  args: {
    name: v.string(),
    scopes: v.array(scopeValidator),
    /** For how long it works; for ever when missing. */
    lifetimeMs: v.optional(v.number()),
    rateLimit: v.optional(rateLimitValidator),
  },
  returns: v.string(),
  handler: async (ctx, { name, scopes, lifetimeMs, rateLimit }) => {
    const { userId } = await auth.session.require(ctx);
    const { raw } = await auth.key.create(ctx, {
      ...{ userId, actorUserId: userId, name, scopes: scopesFrom(scopes) },
      ...(lifetimeMs === undefined
        ? {}
        : { expiresAt: Date.now() + lifetimeMs }),
      ...(rateLimit === undefined ? {} : { rateLimit }),
    });
    return raw;
  },
});

/** Lets a key rest, or work again. */
export const setEnabled = mutation({
  args: { keyId: v.string(), enabled: v.boolean() },
  returns: v.null(),
  handler: async (ctx, { keyId, enabled }) => {
    const { userId } = await auth.session.require(ctx);
    await auth.key.update(ctx, keyId, { enabled }, { actorUserId: userId });
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
