/** Publishing and rotating the keys that sign access tokens. */
import { v } from "convex/values";
import { publicKey } from "../schema/signingKey.js";
import { internalMutation, query } from "./_generated/server.js";
import { decide } from "./accountsCore.js";
import { unexpiredKeys } from "./signingKeyRows.js";

/** The public keys (RFC 7517, section 5), for the JWKS endpoint. */
export const publicKeys = query({
  args: {},
  returns: v.object({ keys: v.array(publicKey) }),
  handler: async (ctx) => {
    const now = Date.now();
    return decide("signingKeySet", {
      now,
      keys: await unexpiredKeys(ctx, now),
    });
  },
});

/** Publishes the next key when it is time. A cron calls it daily. */
export const rotate = internalMutation({
  args: {},
  returns: v.null(),
  handler: async (ctx) => {
    const now = Date.now();
    const { key } = decide("signingKeySuccessor", {
      now,
      keys: await unexpiredKeys(ctx, now),
    });
    if (key !== undefined) {
      await ctx.db.insert("SigningKey", key);
    }
    return null;
  },
});
