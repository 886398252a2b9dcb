/** Rows of the keys that sign access tokens. */
import type { SharedDecisions, SigningKeyRow } from "../pkg/core.js";
import type { MutationCtx, QueryCtx } from "./_generated/server.js";
import type { Decide } from "./wasmModule.js";

/** The most keys that are read. In regular rotation there are two or three. */
const MAX_KEYS = 20;

/**
 * The key that signs now. It is made on first use; of two first uses at once,
 * Convex runs one again, which then finds it.
 *
 * The core chooses the key that began to sign last and still signs. That is the
 * key that began last of all, unless that one has ended; only then the other
 * keys are read, too.
 *
 * @param decide The module of the core that the caller loads anyway.
 */
export async function readSigningKey(
  ctx: MutationCtx,
  now: number,
  decide: Decide<SharedDecisions>,
): Promise<SigningKeyRow> {
  const newest = decide("signingKeyChoose", {
    now,
    keys: await newestBegunKey(ctx, now),
  });
  const choice = newest.isNew
    ? decide("signingKeyChoose", {
        now,
        keys: await unexpiredKeys(ctx, now),
      })
    : newest;
  if (choice.isNew) {
    await ctx.db.insert("SigningKey", choice.key);
  }
  return choice.key;
}

/** The key that began to sign last, if there is one: at most one row. */
async function newestBegunKey(ctx: QueryCtx, now: number) {
  return await ctx.db
    .query("SigningKey")
    .withIndex("activationTime_expirationTime", (q) =>
      q.lte("activationTime", now),
    )
    .order("desc")
    .take(1);
}

/** The keys that verify tokens now, and the next one. */
export async function unexpiredKeys(ctx: QueryCtx, now: number) {
  return await ctx.db
    .query("SigningKey")
    .withIndex("expirationTime", (q) => q.gt("expirationTime", now))
    .take(MAX_KEYS);
}
