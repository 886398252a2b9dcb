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
 * @param decide The module of the core that the caller loads anyway.
 */
export async function readSigningKey(
  ctx: MutationCtx,
  now: number,
  decide: Decide<SharedDecisions>,
): Promise<SigningKeyRow> {
  const keys = await unexpiredKeys(ctx, now);
  const choice = decide("signingKeyChoose", { now, keys });
  if (choice.isNew) {
    await ctx.db.insert("SigningKey", choice.key);
  }
  return choice.key;
}

/** The keys that verify tokens now, and the next one. */
export async function unexpiredKeys(ctx: QueryCtx, now: number) {
  return await ctx.db
    .query("SigningKey")
    .withIndex("expirationTime", (q) => q.gt("expirationTime", now))
    .take(MAX_KEYS);
}
