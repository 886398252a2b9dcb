import type { LimitEntry, LimitWrite } from "../pkg/core.js";
import type { MutationCtx } from "./_generated/server.js";

/**
 * Reads the limits of an operation.
 *
 * @param keys The keys, by the names under which the core knows the limits.
 * @returns The limits under the same names.
 */
export async function readLimits<Name extends string>(
  ctx: MutationCtx,
  keys: Record<Name, string>,
): Promise<Record<Name, LimitEntry>> {
  const entries = await Promise.all(
    Object.entries<string>(keys).map(async ([name, key]) => {
      const row = await findLimit(ctx, key);
      return [name, { key, row: row ?? undefined }] as const;
    }),
  );
  return Object.fromEntries(entries) as Record<Name, LimitEntry>;
}

/** Stores or deletes counters. */
export async function writeLimits(
  ctx: MutationCtx,
  writes: LimitWrite[],
): Promise<void> {
  for (const { key, row } of writes) {
    const stored = await findLimit(ctx, key);
    if (row === undefined) {
      if (stored !== null) {
        await ctx.db.delete("RateLimit", stored._id);
      }
    } else if (stored === null) {
      await ctx.db.insert("RateLimit", { key, ...row });
    } else {
      await ctx.db.replace("RateLimit", stored._id, { key, ...row });
    }
  }
}

async function findLimit(ctx: MutationCtx, key: string) {
  return await ctx.db
    .query("RateLimit")
    .withIndex("key", (q) => q.eq("key", key))
    .unique();
}
