/** Functions of the app, each with one call of the plugin's server API. */
import { mutationGeneric } from "convex/server";
import { v } from "convex/values";
import { createAuth } from "./auth.mjs";

/**
 * A key for a user, or for an organization with a user who made it. Limits can
 * be given on the server only.
 */
export const create = mutationGeneric({
  args: { key: v.any() },
  returns: v.string(),
  handler: async (ctx, { key }) => {
    const created = await createAuth(ctx).api.createApiKey({ body: key });
    return created.key;
  },
});

/**
 * A mutation: the plugin writes at every verification, of a key without limits,
 * too. In a query it answers that the key is invalid.
 */
export const verify = mutationGeneric({
  args: { raw: v.string() },
  returns: v.boolean(),
  handler: async (ctx, { raw }) => {
    const { valid } = await createAuth(ctx).api.verifyApiKey({
      body: { key: raw },
    });
    return valid;
  },
});

/** Deletes expired keys: for ten seconds, the plugin does not do it again. */
export const sweep = mutationGeneric({
  args: {},
  returns: v.null(),
  handler: async (ctx) => {
    await createAuth(ctx).api.deleteAllExpiredApiKeys();
    return null;
  },
});
