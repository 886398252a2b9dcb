/** How many rows groups have. */
import type { GroupCounts } from "../pkg/core.js";
import type { Doc, Id } from "./_generated/dataModel.js";
import type { MutationCtx, QueryCtx } from "./_generated/server.js";

/** What a new group has. */
export const NO_COUNTS: GroupCounts = {
  ...{ members: 0, pendingInvites: 0, teams: 0, roles: 0 },
};

/**
 * The counts of a group. There are none when the group is gone, and when a
 * removal has begun with its rows.
 */
export async function findCounts(
  ctx: QueryCtx,
  groupId: Id<"Group">,
): Promise<Doc<"GroupCount"> | null> {
  return await ctx.db
    .query("GroupCount")
    .withIndex("groupId", (q) => q.eq("groupId", groupId))
    .unique();
}

/** The counts of a group, for a decision. */
export async function readCounts(
  ctx: QueryCtx,
  groupId: Id<"Group"> | undefined,
): Promise<GroupCounts> {
  const counts = groupId === undefined ? null : await findCounts(ctx, groupId);
  return counts ?? NO_COUNTS;
}

/**
 * Changes counts by as much as rows were added or deleted. Nothing is counted
 * any more of a group whose rows are being removed.
 */
export async function changeCounts(
  ctx: MutationCtx,
  groupId: Id<"Group"> | undefined,
  changes: Partial<GroupCounts>,
): Promise<void> {
  const changed = (Object.keys(changes) as (keyof GroupCounts)[]).filter(
    (name) => (changes[name] ?? 0) !== 0,
  );
  if (groupId === undefined || changed.length === 0) {
    return;
  }
  const counts = await findCounts(ctx, groupId);
  if (counts !== null) {
    await ctx.db.patch(
      "GroupCount",
      counts._id,
      Object.fromEntries(
        changed.map((name) => [name, counts[name] + (changes[name] ?? 0)]),
      ),
    );
  }
}
