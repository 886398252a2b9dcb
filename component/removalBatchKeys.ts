/** Removing the API keys of users and groups who are gone. */
import type { Doc } from "./_generated/dataModel.js";
import type { MutationCtx } from "./_generated/server.js";
import { deleteKey } from "./keyRows.js";
import type { RemovalBudget } from "./removalBatch.js";

/**
 * Deletes keys with their counts until the budget is spent, which it may be by
 * the sixteen rows too many that count the uses of one key.
 *
 * @returns How many keys were deleted.
 */
export async function removeKeys(
  ctx: MutationCtx,
  budget: RemovalBudget,
  keys: AsyncIterable<Doc<"ApiKey">>,
): Promise<number> {
  let removed = 0;
  budget.spendRange();
  if (budget.isSpent) {
    return removed;
  }
  for await (const key of keys) {
    budget.spendRow(key, (await deleteKey(ctx, key._id)) - 1);
    removed += 1;
    if (budget.isSpent) {
      break;
    }
  }
  return removed;
}
