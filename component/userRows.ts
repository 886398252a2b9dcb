/**
 * Rows of users, apart from lists of them, which most functions do not need and
 * would load.
 */
import type { Doc } from "./_generated/dataModel.js";
import type { QueryCtx } from "./_generated/server.js";

/** A user by an id from outside. */
export async function findUser(
  ctx: QueryCtx,
  id: string,
): Promise<Doc<"User"> | null> {
  const userId = ctx.db.normalizeId("User", id);
  return userId === null ? null : await ctx.db.get("User", userId);
}
