/** API keys that end when who made them leaves the group. */
import { internal } from "./_generated/api.js";
import type { Id } from "./_generated/dataModel.js";
import type { MutationCtx, QueryCtx } from "./_generated/server.js";

/** The keys of groups that end with the memberships of who made them. */
export function leavingKeys(
  ctx: QueryCtx,
  userId: Id<"User">,
  cursor: number | null,
) {
  return ctx.db.query("ApiKey").withIndex("createdByUserId_leave", (q) => {
    const ofUser = q
      .eq("createdByUserId", userId)
      .eq("revokeOnLeave", true)
      .eq("revoked", false);
    return cursor === null ? ofUser : ofUser.gt("_creationTime", cursor);
  });
}

/** Has keys revoked that were to end with memberships, now that these ended. */
export async function revokeOnLeave(
  ctx: MutationCtx,
  userIds: Iterable<Id<"User">>,
): Promise<void> {
  for (const userId of new Set(userIds)) {
    if ((await leavingKeys(ctx, userId, null).first()) !== null) {
      await ctx.scheduler.runAfter(0, internal.keyLeave.revoke, {
        ...{ userId, cursor: null },
      });
    }
  }
}
