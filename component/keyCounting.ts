/** Reading as few rows that count the uses of a key as will do, and writing them. */
import type { KeyCounter } from "../pkg/core.js";
import type { Doc, Id } from "./_generated/dataModel.js";
import type { MutationCtx } from "./_generated/server.js";
import { readCounter, readCounters, writeCounters } from "./keyRows.js";

/** Rows that count uses, as the core takes them. */
type Counters = {
  picked: number;
  rows: Doc<"ApiKeyCounter">[];
  isComplete: boolean;
};

/**
 * Asks the core with as few rows as it needs: none if the uses of the key are
 * not counted, then one that is picked at random, then all.
 *
 * @returns The last answer, and the rows that were read for it.
 */
export async function count<Answer extends { kind: string; shards?: number }>(
  ctx: MutationCtx,
  key: Doc<"ApiKey"> | undefined,
  ask: (counters?: Counters) => Answer,
): Promise<{ answer: Answer; stored: Doc<"ApiKeyCounter">[] }> {
  let answer = ask();
  if (key === undefined || answer.kind !== "readOne") {
    return { answer, stored: [] };
  }
  // Not a secret: it only spreads the writes.
  const picked = Math.floor(Math.random() * (answer.shards ?? 1));
  let rows = await readCounter(ctx, key._id, picked);
  answer = ask({ picked, rows, isComplete: false });
  if (answer.kind === "readAll") {
    rows = await readCounters(ctx, key._id);
    answer = ask({ picked, rows, isComplete: true });
  }
  return { answer, stored: rows };
}

/**
 * Stores a use that the core has counted: the counts, and once an hour that the
 * key was used.
 *
 * @param stored The rows that were read for it.
 */
export async function writeUse(
  ctx: MutationCtx,
  keyId: Id<"ApiKey">,
  { counters, lastUsedAt }: { counters: KeyCounter[]; lastUsedAt?: number },
  stored: Doc<"ApiKeyCounter">[],
): Promise<void> {
  await writeCounters(ctx, keyId, counters, stored);
  if (lastUsedAt !== undefined) {
    await ctx.db.patch("ApiKey", keyId, { lastUsedAt });
  }
}
