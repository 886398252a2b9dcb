/** Removing the rows of a deleted group and of all groups below it. */
import type { Doc, Id, TableNames } from "./_generated/dataModel.js";
import type { MutationCtx } from "./_generated/server.js";
import { findCounts } from "./groupCounts.js";
import { RemovalBudget, type RemovalBatch } from "./removalBatch.js";
import { removeKeys } from "./removalBatchKeys.js";

/**
 * The most rows that one batch deletes, and the most index ranges that it
 * reads, without the rows of the groups themselves. Convex lets a transaction
 * write 16,000 rows and read 4,096 ranges, and deleting a row may count as
 * reading one.
 */
const MAX_ROWS = 1_000;
const MAX_RANGES = 1_200;

/** What a batch has done. */
type Work = {
  budget: RemovalBudget;
  members: number;
  newMembers: number;
  groups: number;
  invites: number;
};

/**
 * Removes as much as fits into one transaction, from the bottom up: the rows of
 * a group that has none below, then the group's own row, then those of the next
 * one. So what is left is always a tree, and the group that was deleted, which
 * hides all of it, goes last.
 */
export async function removeGroupBatch(
  ctx: MutationCtx,
  { subjectId }: Doc<"RemovalJob">,
): Promise<RemovalBatch> {
  const budget = new RemovalBudget(MAX_ROWS, MAX_RANGES);
  const work: Work = {
    ...{ budget, members: 0, newMembers: 0, groups: 0, invites: 0 },
  };
  const subject = ctx.db.normalizeId("Group", subjectId);
  const path = subject === null ? [] : [subject];
  let groupId = path.at(-1);
  while (groupId !== undefined && !budget.isSpent) {
    const child = await findChild(ctx, budget, groupId);
    if (child !== undefined && !path.includes(child)) {
      path.push(child);
    } else if (await removeRows(ctx, work, groupId, groupId === subject)) {
      path.pop();
    }
    groupId = path.at(-1);
  }
  const { members, newMembers, groups, invites } = work;
  return {
    ...{ isDone: path.length === 0, members, newMembers, groups, invites },
  };
}

/** A group right below another. Those that are deleted, too, are there yet. */
async function findChild(
  ctx: MutationCtx,
  budget: RemovalBudget,
  groupId: Id<"Group">,
): Promise<Id<"Group"> | undefined> {
  budget.spendRange();
  const child = await ctx.db
    .query("Group")
    .withIndex("parentGroupId", (q) => q.eq("parentGroupId", groupId))
    .first();
  return child?._id;
}

/**
 * Removes the rows of a group that has none below, and at last the group.
 *
 * @returns Whether nothing is left of it.
 */
async function removeRows(
  ctx: MutationCtx,
  work: Work,
  groupId: Id<"Group">,
  isSubject: boolean,
): Promise<boolean> {
  // The counts go first, so that they tell whether the group was met before.
  // Those of the group that was deleted were known when the removal began.
  work.budget.spendRange();
  const counts = await findCounts(ctx, groupId);
  if (counts !== null) {
    await ctx.db.delete("GroupCount", counts._id);
    work.newMembers += isSubject ? 0 : counts.members;
  }
  work.members += await removeFrom(ctx, work, "GroupMember", groupId);
  work.invites += await removeFrom(ctx, work, "GroupInvite", groupId);
  await removeFrom(ctx, work, "GroupInviteAcceptance", groupId);
  await removeFrom(ctx, work, "GroupTag", groupId);
  await removeFrom(ctx, work, "GroupSlug", groupId);
  const keys = ctx.db
    .query("ApiKey")
    .withIndex("groupId", (q) => q.eq("groupId", groupId));
  await removeKeys(ctx, work.budget, keys);
  const roles = ctx.db
    .query("GroupRole")
    .withIndex("groupId_role", (q) => q.eq("groupId", groupId));
  await deleteRows(ctx, "GroupRole", await work.budget.take(roles));
  for (const holder of ["member", "invite"] as const) {
    const assignments = ctx.db
      .query("GroupRoleAssignment")
      .withIndex("holder_groupId_role_holderTime", (q) =>
        q.eq("holder", holder).eq("groupId", groupId),
      );
    await deleteRows(
      ctx,
      "GroupRoleAssignment",
      await work.budget.take(assignments),
    );
  }
  if (work.budget.isSpent) {
    return false;
  }
  if ((await ctx.db.get("Group", groupId)) !== null) {
    await ctx.db.delete("Group", groupId);
    work.groups += 1;
  }
  return true;
}

/** Removes rows of a group from a table that is indexed by it. */
async function removeFrom(
  ctx: MutationCtx,
  { budget }: Work,
  table: IndexedByGroup,
  groupId: Id<"Group">,
): Promise<number> {
  const rows = await budget.take(
    ctx.db.query(table).withIndex("groupId", (q) => q.eq("groupId", groupId)),
  );
  await deleteRows(ctx, table, rows);
  return rows.length;
}

type IndexedByGroup =
  | ("GroupMember" | "GroupInvite" | "GroupInviteAcceptance")
  | ("GroupTag" | "GroupSlug");

async function deleteRows<Table extends TableNames>(
  ctx: MutationCtx,
  table: Table,
  rows: { _id: Id<Table> }[],
): Promise<void> {
  for (const { _id } of rows) {
    await ctx.db.delete(table, _id);
  }
}
