import { mergedStream, streamIndexRange } from "convex-helpers/server/stream";
import { literals } from "convex-helpers/validators";
import { v } from "convex/values";
import { groupInviteDocument, inviteStatus } from "../../schema/groupInvite.js";
import { groupInviteTable } from "../../schema/groupInviteTable.js";
import { groupInviteAcceptanceTable } from "../../schema/groupInviteAcceptance.js";
import { groupRoleAssignmentTable } from "../../schema/groupRoleAssignment.js";
import { pageOf, pageOptions } from "../../schema/page.js";
import type { Doc, Id } from "../_generated/dataModel.js";
import { query, type QueryCtx } from "../_generated/server.js";
import {
  findAcceptance,
  findInvite,
  inviteDocumentOf,
  type InviteDocument,
} from "../inviteRows.js";
import { GroupTree, readLineage } from "../lineage.js";
import { EMPTY_PAGE, MAX_ROWS_READ, pagesOf, readPage } from "../page.js";

/**
 * Invitations, on the index of the most selective condition. A page looks at
 * 100 rows at most, whatever is left out of it.
 *
 * They come in the order in which they were made. With no condition but
 * `groupId` they also come by the other orders; by `expiresTime` with `status`,
 * too, and with `acceptedByUserId` alone by `acceptedTime`. The facade refuses
 * what is not supported. By `status`, overdue invitations stand among the
 * pending ones until they are marked.
 */
export const list = query({
  args: {
    where: v.object({
      tokenHash: v.optional(v.string()),
      groupId: v.optional(v.string()),
      status: v.optional(inviteStatus),
      email: v.optional(v.string()),
      invitedByUserId: v.optional(v.string()),
      role: v.optional(v.string()),
      acceptedByUserId: v.optional(v.string()),
    }),
    orderBy: literals(
      ...(["_creationTime", "status", "email", "expiresTime"] as const),
      "acceptedTime",
    ),
    ...pageOptions,
  },
  returns: pageOf(groupInviteDocument),
  handler: async (ctx, { where, orderBy, order = "asc", ...options }) => {
    const lineage =
      where.groupId === undefined ? [] : await readLineage(ctx, where.groupId);
    const acceptedBy =
      where.acceptedByUserId === undefined
        ? undefined
        : ctx.db.normalizeId("User", where.acceptedByUserId);
    const isNowhere = where.groupId !== undefined && lineage.length === 0;
    if (isNowhere || acceptedBy === null) {
      return EMPTY_PAGE;
    }
    const now = Date.now();
    const conditions: Conditions = {
      ...where,
      ...{ groupId: lineage[0]?._id, acceptedByUserId: acceptedBy },
      ...{ email: where.email?.toLowerCase(), role: where.role?.toLowerCase() },
    };
    const tree = new GroupTree(ctx);
    const { rows, range } = selectInvites(ctx, conditions, {
      ...{ orderBy, order, now },
    });
    const visible = rows.map(async (row) => {
      const invite = inviteDocumentOf(row, now);
      const isShown =
        matches(row, invite, conditions) &&
        (conditions.acceptedByUserId === undefined ||
          (await isAcceptedBy(ctx, row, conditions.acceptedByUserId))) &&
        (conditions.groupId !== undefined ||
          row.groupId === undefined ||
          !(await tree.isGone(row.groupId)));
      return isShown ? invite : null;
    });
    return await readPage(
      visible,
      { ...options, maximumRowsRead: MAX_ROWS_READ },
      range,
    );
  },
});

type Conditions = {
  tokenHash?: string;
  groupId: Id<"Group"> | undefined;
  status?: Doc<"GroupInvite">["status"];
  email: string | undefined;
  invitedByUserId?: string;
  role: string | undefined;
  acceptedByUserId: Id<"User"> | undefined;
};

type Sequence = {
  orderBy:
    "_creationTime" | "status" | "email" | "expiresTime" | "acceptedTime";
  order: "asc" | "desc";
  now: number;
};

/** The invitations to look through, and which part of an index they are. */
function selectInvites(
  ctx: QueryCtx,
  conditions: Conditions,
  sequence: Sequence,
) {
  const { tokenHash, email, invitedByUserId, groupId, status } = conditions;
  const { orderBy, order } = sequence;
  const invites = pagesOf(ctx.db, { GroupInvite: groupInviteTable }).query(
    "GroupInvite",
  );
  if (tokenHash !== undefined) {
    const rows = invites.withIndex("tokenHash", (q) =>
      q.eq("tokenHash", tokenHash),
    );
    return part(rows.order(order), [tokenHash]);
  }
  if (conditions.acceptedByUserId !== undefined) {
    return selectAccepted(ctx, conditions.acceptedByUserId, sequence);
  }
  if (email !== undefined) {
    const rows = invites.withIndex("email", (q) => q.eq("email", email));
    return part(rows.order(order), [email]);
  }
  if (invitedByUserId !== undefined) {
    const rows = invites.withIndex("invitedByUserId", (q) =>
      q.eq("invitedByUserId", invitedByUserId),
    );
    return part(rows.order(order), [invitedByUserId]);
  }
  if (conditions.role !== undefined) {
    return selectByRole(ctx, conditions.role, groupId, order);
  }
  if (status !== undefined) {
    return selectByStatus(ctx, status, groupId, sequence);
  }
  if (groupId === undefined) {
    return orderBy === "_creationTime"
      ? part(invites.withIndex("by_creation_time").order(order), [])
      : part(invites.withIndex(orderBy).order(order), [], 1);
  }
  if (orderBy === "_creationTime") {
    const rows = invites.withIndex("groupId", (q) => q.eq("groupId", groupId));
    return part(rows.order(order), [groupId]);
  }
  if (orderBy === "email") {
    const rows = invites.withIndex("groupId_email_status", (q) =>
      q.eq("groupId", groupId),
    );
    return part(rows.order(order), [groupId], 2);
  }
  const rows = invites.withIndex(`groupId_${orderBy}`, (q) =>
    q.eq("groupId", groupId),
  );
  return part(rows.order(order), [groupId], 1);
}

/** The invitations that a user has accepted. */
function selectAccepted(
  ctx: QueryCtx,
  userId: Id<"User">,
  { orderBy, order }: Sequence,
) {
  const acceptances = pagesOf(ctx.db, {
    GroupInviteAcceptance: groupInviteAcceptanceTable,
  }).query("GroupInviteAcceptance");
  const isByTime = orderBy === "acceptedTime";
  const rows = isByTime
    ? acceptances.withIndex("userId", (q) => q.eq("userId", userId))
    : acceptances.withIndex("userId_inviteTime", (q) => q.eq("userId", userId));
  return part(
    rows
      .order(order)
      .map(async ({ inviteId }) => await ctx.db.get("GroupInvite", inviteId)),
    [userId],
    isByTime ? 0 : 1,
  );
}

/** The invitations that offer a role. */
function selectByRole(
  ctx: QueryCtx,
  role: string,
  groupId: Id<"Group"> | undefined,
  order: "asc" | "desc",
) {
  const assignments = pagesOf(ctx.db, {
    GroupRoleAssignment: groupRoleAssignmentTable,
  }).query("GroupRoleAssignment");
  const holder = "invite";
  const rows =
    groupId === undefined
      ? assignments.withIndex("holder_role_holderTime", (q) =>
          q.eq("holder", holder).eq("role", role),
        )
      : assignments.withIndex("holder_groupId_role_holderTime", (q) =>
          q.eq("holder", holder).eq("groupId", groupId).eq("role", role),
        );
  return part(
    rows
      .order(order)
      .map(async ({ holderId }) => await findInvite(ctx, holderId)),
    [holder, ...(groupId === undefined ? [] : [groupId]), role],
    1,
  );
}

/**
 * The invitations of which something has become. Expired are also those that
 * still wait in vain, so these two are merged; the caller leaves out of the
 * pending ones what does not match.
 */
function selectByStatus(
  ctx: QueryCtx,
  status: Doc<"GroupInvite">["status"],
  groupId: Id<"Group"> | undefined,
  { orderBy, order, now }: Sequence,
) {
  const isByTime = orderBy === "expiresTime";
  const held = groupId === undefined ? [] : [groupId];
  const index = groupId === undefined ? "status" : "groupId_status";
  const { db, schema } = pagesOf(ctx.db, { GroupInvite: groupInviteTable });
  const withStatus = (stored: typeof status) => {
    const prefix = [...held, stored];
    // By time, those that wait are told from those that wait in vain.
    const isCut = isByTime && stored === "pending";
    const isOver = status === "expired";
    const bounds = {
      lowerBound: isCut && !isOver ? [...prefix, now] : prefix,
      lowerBoundInclusive: !isCut || isOver,
      upperBound: isCut && isOver ? [...prefix, now] : prefix,
      upperBoundInclusive: true,
    };
    return streamIndexRange(
      db,
      schema,
      "GroupInvite",
      isByTime ? `${index}_expiresTime` : index,
      bounds,
      order,
    );
  };
  if (status !== "expired") {
    return part(withStatus(status), [...held, status], isByTime ? 1 : 0);
  }
  const expired = mergedStream(
    [withStatus("expired"), withStatus("pending")],
    [isByTime ? "expiresTime" : "_creationTime"],
  );
  return part(expired, [], isByTime ? 1 : 0);
}

/** Rows with the part of an index that they are. */
function part<Rows>(rows: Rows, prefix: string[], fields = 0) {
  return { rows, range: { prefix, fields } };
}

/** Whether a user has accepted an invitation, last or before others. */
async function isAcceptedBy(
  ctx: QueryCtx,
  row: Doc<"GroupInvite">,
  userId: Id<"User">,
): Promise<boolean> {
  return (
    row.acceptedByUserId === userId ||
    (await findAcceptance(ctx, row._id, userId)) !== null
  );
}

function matches(
  row: Doc<"GroupInvite">,
  invite: InviteDocument,
  where: Conditions,
): boolean {
  const { groupId, status, email, invitedByUserId, role } = where;
  return (
    (where.tokenHash === undefined || row.tokenHash === where.tokenHash) &&
    (groupId === undefined || invite.groupId === groupId) &&
    (status === undefined || invite.status === status) &&
    (email === undefined || invite.email === email) &&
    (invitedByUserId === undefined ||
      invite.invitedByUserId === invitedByUserId) &&
    (role === undefined || invite.roles.includes(role))
  );
}
