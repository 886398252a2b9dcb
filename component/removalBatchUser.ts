/** Removing memberships of one user. */
import { groupMemberTable } from "../schema/groupMember.js";
import type { Doc, Id } from "./_generated/dataModel.js";
import type { MutationCtx, QueryCtx } from "./_generated/server.js";
import { GroupTree } from "./lineage.js";
import { deleteMembers, findMember } from "./memberRows.js";
import { pagesOf, readPage } from "./page.js";
import { MAX_BYTES, RemovalBudget, type RemovalBatch } from "./removalBatch.js";

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

/**
 * The most memberships that one transaction looks at to see whether they are
 * below an organization: each may be 32 levels below.
 */
const MAX_PLACES = 50;

/**
 * Removes the memberships of a user below an organization that the user was
 * removed from. The membership in the organization itself, which bars the user
 * from all of them meanwhile, goes last.
 */
export async function removeMemberBatch(
  ctx: MutationCtx,
  { subjectId, cursor }: Doc<"RemovalJob">,
): Promise<RemovalBatch> {
  const barring = await findMember(ctx, subjectId);
  if (barring === null) {
    return { isDone: true };
  }
  const { userId, groupId } = barring;
  const memberships = pagesOf(ctx.db, { GroupMember: groupMemberTable })
    .query("GroupMember")
    .withIndex("userId", (q) => q.eq("userId", userId));
  const { items, nextCursor } = await readPage(
    memberships,
    {
      ...{ limit: MAX_PLACES, cursor: cursor ?? null },
      maximumBytesRead: MAX_BYTES,
    },
    { prefix: [userId], fields: 0 },
  );
  const tree = new GroupTree(ctx);
  const below: Doc<"GroupMember">[] = [];
  for (const membership of items) {
    const isBelow =
      membership.groupId !== groupId &&
      (await tree.lineageIds(membership.groupId)).includes(groupId);
    if (isBelow) {
      below.push(membership);
    }
  }
  const isDone = nextCursor === null;
  const removed = isDone ? [...below, barring] : below;
  await deleteMembers(ctx, removed);
  return {
    ...{ isDone, members: removed.length, newMembers: removed.length },
    ...(nextCursor === null ? {} : { cursor: nextCursor }),
  };
}
