/** Taking and removing memberships of one user. */
import type { Doc, Id } from "./_generated/dataModel.js";
import type { MutationCtx, QueryCtx } from "./_generated/server.js";
import { deleteMembers } from "./memberRows.js";
import { RemovalBudget, type RemovalBatch } from "./removalBatch.js";

/**
 * The most memberships that one transaction removes. Each has up to 16 role
 * assignments and is in a group whose counts change; deleting a row may count
 * as reading an index range, of which a transaction can read 4,096.
 */
const MAX_MEMBERSHIPS = 100;

/** Memberships of a user. */
type TakenMemberships = {
  memberships: Doc<"GroupMember">[];
  /** Whether the user is known to have no others. */
  isAll: boolean;
};

/** Takes memberships of a user, as many as one transaction can remove. */
export async function takeMemberships(
  ctx: QueryCtx,
  userId: Id<"User">,
  limit = MAX_MEMBERSHIPS,
): Promise<TakenMemberships> {
  const rows = ctx.db
    .query("GroupMember")
    .withIndex("userId", (q) => q.eq("userId", userId));
  const budget = new RemovalBudget(limit);
  const memberships = await budget.take(rows);
  return { memberships, isAll: !budget.isSpent };
}

/** The most memberships that are counted to say how far a removal is. */
const MAX_KNOWN_MEMBERSHIPS = 5_000;

/**
 * Removes memberships of a user who is gone. The first batch looks how many
 * there are.
 */
export async function removeUserBatch(
  ctx: MutationCtx,
  { subjectId, members, totalMembers }: Doc<"RemovalJob">,
): Promise<RemovalBatch> {
  const userId = ctx.db.normalizeId("User", subjectId);
  if (userId === null) {
    return { isDone: true };
  }
  const { memberships, isAll } = await takeMemberships(
    ctx,
    userId,
    totalMembers === 0 ? MAX_KNOWN_MEMBERSHIPS : MAX_MEMBERSHIPS,
  );
  const removed = memberships.slice(0, MAX_MEMBERSHIPS);
  await deleteMembers(ctx, removed);
  return {
    isDone: isAll && removed.length === memberships.length,
    members: removed.length,
    newMembers: Math.max(0, members + memberships.length - totalMembers),
  };
}
