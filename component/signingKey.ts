import { v } from "convex/values";
import type { SigningKeyRow } from "../pkg/identity.js";
import { publicKey, signingKey } from "../schema/signingKey.js";
import {
  internalMutation,
  query,
  type MutationCtx,
  type QueryCtx,
} from "./_generated/server.js";
import { decide } from "./core.js";

/** The most keys that are read. In regular rotation there are two or three. */
const MAX_KEYS = 20;

/**
 * The key that signs now. It is made on first use; of two first uses at once,
 * Convex runs one again, which then finds it.
 */
export async function readSigningKey(
  ctx: MutationCtx,
  now: number,
): Promise<SigningKeyRow> {
  const choice = decide("signingKeyChoose", {
    now,
    keys: await unexpiredKeys(ctx, now),
  });
  if (choice.isNew) {
    await ctx.db.insert("SigningKey", choice.key);
  }
  return choice.key;
}

/**
 * The same in the transaction of a function that has another part of the core
 * than this one. No app can call it.
 */
export const current = internalMutation({
  args: {},
  returns: signingKey,
  handler: async (ctx) => {
    const { kid, secret, publicKey, ...times } = await readSigningKey(
      ctx,
      Date.now(),
    );
    const { activationTime, rotationTime, expirationTime } = times;
    return {
      ...{ kid, secret, publicKey },
      ...{ activationTime, rotationTime, expirationTime },
    };
  },
});

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

async function unexpiredKeys(ctx: QueryCtx, now: number) {
  return await ctx.db
    .query("SigningKey")
    .withIndex("expirationTime", (q) => q.gt("expirationTime", now))
    .take(MAX_KEYS);
}
