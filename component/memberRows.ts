/**
 * The rows of memberships, and of what is kept in step with them: the number of
 * a group's members, and one row for each role that a membership names.
 */
import type { NewMembership } from "../pkg/core.js";
import type { Doc, Id } from "./_generated/dataModel.js";
import type { MutationCtx, QueryCtx } from "./_generated/server.js";
import { withExtend } from "./extend.js";
import { changeCounts } from "./groupCounts.js";
import { revokeOnLeave } from "./keyLeaveRows.js";
import { deleteAssignments, insertAssignments } from "./roleAssignmentRows.js";

/** Where a new membership is, and what the app notes about it. */
type MembershipPlacement = {
  groupId: Id<"Group">;
  userId: Id<"User">;
  extend?: unknown;
};

/**
 * A membership by an id from outside, also one that is being removed or whose
 * user is gone.
 */
export async function findMember(
  ctx: QueryCtx,
  id: string,
): Promise<Doc<"GroupMember"> | null> {
  const memberId = ctx.db.normalizeId("GroupMember", id);
  return memberId === null ? null : await ctx.db.get("GroupMember", memberId);
}

/**
 * Stores a membership and counts it. That the user has none in the group yet is
 * what the caller has made sure of, in the same transaction.
 */
export async function insertMember(
  ctx: MutationCtx,
  { groupId, userId, extend }: MembershipPlacement,
  membership: NewMembership,
): Promise<Id<"GroupMember">> {
  const memberId = await ctx.db.insert("GroupMember", {
    ...{ groupId, userId },
    ...asStored(membership),
    ...withExtend(extend),
  });
  await assignRoles(ctx, memberId);
  await changeCounts(ctx, groupId, { members: 1 });
  return memberId;
}

/** Gives a membership other roles, another status, or other data of the app. */
export async function replaceMember(
  ctx: MutationCtx,
  row: Doc<"GroupMember">,
  membership: NewMembership,
  extend?: unknown,
): Promise<void> {
  await ctx.db.patch("GroupMember", row._id, {
    ...asStored(membership),
    ...withExtend(extend),
  });
  const isSame =
    sameItems(row.roles, membership.roles) &&
    sameItems(row.roleIds, membership.roleIds);
  if (!isSame) {
    await deleteAssignments(ctx, row._id);
    await assignRoles(ctx, row._id);
  }
  if (membership.status !== row.status) {
    await revokeOnLeave(ctx, [row.userId]);
  }
}

/**
 * Marks a membership as one that is being removed, which bars the user from the
 * group and all below. It owns nothing any more, so that no other owner relies
 * on it.
 */
export async function markMemberRemoved(
  ctx: MutationCtx,
  memberId: Id<"GroupMember">,
  removedTime: number,
): Promise<void> {
  await ctx.db.patch("GroupMember", memberId, { removedTime, isOwner: false });
}

/**
 * Deletes memberships with their role assignments, and counts them down: once
 * for each group, however many there are of it. API keys that were to end with
 * them are revoked.
 */
export async function deleteMembers(
  ctx: MutationCtx,
  rows: readonly Doc<"GroupMember">[],
): Promise<void> {
  const deleted = new Map<Id<"Group">, number>();
  for (const row of rows) {
    await deleteAssignments(ctx, row._id);
    await ctx.db.delete("GroupMember", row._id);
    deleted.set(row.groupId, (deleted.get(row.groupId) ?? 0) + 1);
  }
  for (const [groupId, members] of deleted) {
    await changeCounts(ctx, groupId, { members: -members });
  }
  await revokeOnLeave(
    ctx,
    rows.map(({ userId }) => userId),
  );
}

/** Writes the assignments of the roles that a stored membership names. */
async function assignRoles(
  ctx: MutationCtx,
  memberId: Id<"GroupMember">,
): Promise<void> {
  const row = await ctx.db.get("GroupMember", memberId);
  if (row === null) {
    return;
  }
  const custom = await Promise.all(
    row.roleIds.map((roleId) => ctx.db.get("GroupRole", roleId)),
  );
  await insertAssignments(
    ctx,
    {
      ...{
        holder: "member",
        holderId: memberId,
        holderTime: row._creationTime,
      },
      ...{ groupId: row.groupId, userId: row.userId },
    },
    row.roles.map((role) => ({
      role,
      roleId: custom.find((other) => other?.role === role)?._id,
    })),
  );
}

/** The ids are those of rows that the core was given. */
function asStored({ roleIds, ...membership }: NewMembership) {
  return { ...membership, roleIds: roleIds as Id<"GroupRole">[] };
}

function sameItems(one: readonly string[], other: readonly string[]): boolean {
  return (
    one.length === other.length &&
    one.every((item, index) => item === other[index])
  );
}
