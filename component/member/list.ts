import { literals } from "convex-helpers/validators";
import { v } from "convex/values";
import { groupMemberDocument } from "../../schema/groupMember.js";
import { groupMemberTable } from "../../schema/groupMemberTable.js";
import { groupRoleAssignmentTable } from "../../schema/groupRoleAssignment.js";
import { pageOf, pageOptions } from "../../schema/page.js";
import type { Doc, Id } from "../_generated/dataModel.js";
import { query, type QueryCtx } from "../_generated/server.js";
import { GroupTree, readLineage } from "../lineage.js";
import { findMember } from "../memberRows.js";
import { hasUser, isBeingRemoved } from "../memberVisibility.js";
import { EMPTY_PAGE, MAX_ROWS_READ, pagesOf, readPage } from "../page.js";
import { findUser } from "../userRows.js";

/**
 * Memberships, on the index of the most selective condition. A page looks at
 * 100 rows at most, whatever is left out of it.
 *
 * They come in the order in which they were made; with no condition but
 * `groupId` also by `role`, the first of their roles, or by `status`. The
 * facade refuses other orders.
 */
export const list = query({
  args: {
    where: v.object({
      groupId: v.optional(v.string()),
      userId: v.optional(v.string()),
      role: v.optional(v.string()),
      status: v.optional(v.string()),
    }),
    orderBy: literals("_creationTime", "role", "status"),
    ...pageOptions,
  },
  returns: pageOf(groupMemberDocument),
  handler: async (ctx, { where, orderBy, order = "asc", ...options }) => {
    const lineage =
      where.groupId === undefined ? [] : await readLineage(ctx, where.groupId);
    const user =
      where.userId === undefined ? null : await findUser(ctx, where.userId);
    const isNowhere =
      (where.groupId !== undefined && lineage.length === 0) ||
      (where.userId !== undefined && user === null);
    if (isNowhere) {
      return EMPTY_PAGE;
    }
    const conditions: Conditions = {
      ...{ groupId: lineage[0]?._id, userId: user?._id },
      ...{ role: where.role?.toLowerCase(), status: where.status },
    };
    const { rows, range } = selectMembers(ctx, conditions, orderBy, order);
    const tree = new GroupTree(ctx);
    const organization = async (row: Doc<"GroupMember">) =>
      lineage.at(-1)?._id ?? (await tree.lineageIds(row.groupId)).at(-1);
    const visible = rows.filterWith(
      async (row) =>
        matches(row, conditions) &&
        (conditions.groupId !== undefined ||
          !(await tree.isGone(row.groupId))) &&
        (conditions.userId !== undefined || (await hasUser(ctx, row))) &&
        !(await isBeingRemoved(ctx, row, await organization(row))),
    );
    return await readPage(
      visible,
      { ...options, maximumRowsRead: MAX_ROWS_READ },
      range,
    );
  },
});

type Conditions = {
  groupId: Id<"Group"> | undefined;
  userId: Id<"User"> | undefined;
  role: string | undefined;
  status: string | undefined;
};

/** The memberships to look through, and which part of an index they are. */
function selectMembers(
  ctx: QueryCtx,
  conditions: Conditions,
  orderBy: "_creationTime" | "role" | "status",
  order: "asc" | "desc",
) {
  const { groupId, userId, role, status } = conditions;
  const members = pagesOf(ctx.db, { GroupMember: groupMemberTable }).query(
    "GroupMember",
  );
  if (groupId !== undefined && userId !== undefined) {
    const rows = members.withIndex("groupId_userId", (q) =>
      q.eq("groupId", groupId).eq("userId", userId),
    );
    return part(rows.order(order), [groupId, userId]);
  }
  if (role !== undefined) {
    return selectByRole(ctx, { ...conditions, role }, order);
  }
  if (userId !== undefined) {
    const rows = members.withIndex("userId", (q) => q.eq("userId", userId));
    return part(rows.order(order), [userId]);
  }
  if (groupId !== undefined && status !== undefined) {
    const rows = members.withIndex("groupId_status", (q) =>
      q.eq("groupId", groupId).eq("status", status),
    );
    return part(rows.order(order), [groupId, status]);
  }
  if (status !== undefined) {
    const rows = members.withIndex("status", (q) => q.eq("status", status));
    return part(rows.order(order), [status]);
  }
  if (groupId === undefined) {
    return orderBy === "_creationTime"
      ? part(members.withIndex("by_creation_time").order(order), [])
      : part(members.withIndex(orderBy).order(order), [], 1);
  }
  if (orderBy === "_creationTime") {
    const rows = members.withIndex("groupId", (q) => q.eq("groupId", groupId));
    return part(rows.order(order), [groupId]);
  }
  const rows = members.withIndex(`groupId_${orderBy}`, (q) =>
    q.eq("groupId", groupId),
  );
  return part(rows.order(order), [groupId], 1);
}

/** The memberships that name a role, as the first one or not. */
function selectByRole(
  ctx: QueryCtx,
  { groupId, userId, role }: Conditions & { role: string },
  order: "asc" | "desc",
) {
  const assignments = pagesOf(ctx.db, {
    GroupRoleAssignment: groupRoleAssignmentTable,
  }).query("GroupRoleAssignment");
  const holder = "member";
  const selected =
    groupId !== undefined
      ? assignments.withIndex("holder_groupId_role_holderTime", (q) =>
          q.eq("holder", holder).eq("groupId", groupId).eq("role", role),
        )
      : userId !== undefined
        ? assignments.withIndex("holder_userId_role_holderTime", (q) =>
            q.eq("holder", holder).eq("userId", userId).eq("role", role),
          )
        : assignments.withIndex("holder_role_holderTime", (q) =>
            q.eq("holder", holder).eq("role", role),
          );
  const rows = selected
    .order(order)
    .map(async ({ holderId }) => await findMember(ctx, holderId));
  const place = groupId ?? userId;
  const prefix = [holder, ...(place === undefined ? [] : [place]), role];
  return { rows, range: { prefix, fields: 1 } };
}

/** Rows with the part of an index that they are. */
function part<Rows>(rows: Rows, prefix: string[], fields = 0) {
  return { rows, range: { prefix, fields } };
}

function matches(
  row: Doc<"GroupMember">,
  { groupId, userId, role, status }: Conditions,
): boolean {
  return (
    (groupId === undefined || row.groupId === groupId) &&
    (userId === undefined || row.userId === userId) &&
    (role === undefined || row.roles.includes(role)) &&
    (status === undefined || row.status === status)
  );
}
