import { streamIndexRange } from "convex-helpers/server/stream";
import { literals } from "convex-helpers/validators";
import { v } from "convex/values";
import { apiKeyDocument } from "../../schema/apiKey.js";
import { apiKeyTable } from "../../schema/apiKeyTable.js";
import { pageOf, pageOptions } from "../../schema/page.js";
import type { Doc, Id } from "../_generated/dataModel.js";
import { query, type QueryCtx } from "../_generated/server.js";
import { keyDocumentOf, KeyOwners } from "../keyRows.js";
import { EMPTY_PAGE, MAX_ROWS_READ, pagesOf, readPage } from "../page.js";

/**
 * Keys, on the index of the most selective condition. A page looks at 100 rows
 * at most, whatever is left out of it.
 *
 * They come in the order in which they were made. With no condition but an
 * owner they also come by the other orders. The facade refuses what is not
 * supported.
 */
export const list = query({
  args: {
    where: v.object({
      userId: v.optional(v.string()),
      groupId: v.optional(v.string()),
      revoked: v.optional(v.boolean()),
      name: v.optional(v.string()),
      prefix: v.optional(v.string()),
    }),
    orderBy: literals(
      ...(["_creationTime", "name", "lastUsedAt", "expiresAt"] as const),
      "revoked",
    ),
    ...pageOptions,
  },
  returns: pageOf(apiKeyDocument),
  handler: async (ctx, { where, orderBy, order = "asc", ...options }) => {
    const userId = idOf(ctx, "User", where.userId);
    const groupId = idOf(ctx, "Group", where.groupId);
    if (userId === null || groupId === null) {
      return EMPTY_PAGE;
    }
    const conditions: Conditions = { ...where, userId, groupId };
    const { rows, range } = selectKeys(ctx, conditions, orderBy, order);
    const owners = new KeyOwners(ctx);
    const keys = rows.map(async (row) =>
      matches(row, conditions) && (await owners.have(row))
        ? keyDocumentOf(row)
        : null,
    );
    return await readPage(
      keys,
      { ...options, maximumRowsRead: MAX_ROWS_READ },
      range,
    );
  },
});

type Conditions = {
  userId: Id<"User"> | undefined;
  groupId: Id<"Group"> | undefined;
  revoked?: boolean;
  name?: string;
  prefix?: string;
};

type OrderBy =
  "_creationTime" | "name" | "lastUsedAt" | "expiresAt" | "revoked";

function idOf<Table extends "User" | "Group">(
  ctx: QueryCtx,
  table: Table,
  id: string | undefined,
): Id<Table> | null | undefined {
  return id === undefined ? undefined : ctx.db.normalizeId(table, id);
}

/** The keys to look through, and which part of an index they are. */
function selectKeys(
  ctx: QueryCtx,
  { userId, groupId, revoked, name, prefix }: Conditions,
  orderBy: OrderBy,
  order: "asc" | "desc",
) {
  const tables = pagesOf(ctx.db, { ApiKey: apiKeyTable });
  const keys = tables.query("ApiKey");
  const isByTime = orderBy === "_creationTime";
  const ofOwner = (field: "userId" | "groupId", owner: string) => {
    // Only in the order of time does an index hold `revoked`, too.
    const isHeld = isByTime && revoked !== undefined;
    const prefix = isHeld ? [owner, revoked] : [owner];
    const rows = streamIndexRange(
      tables.db,
      tables.schema,
      "ApiKey",
      isHeld ? `${field}_revoked` : isByTime ? field : `${field}_${orderBy}`,
      {
        lowerBound: prefix,
        lowerBoundInclusive: true,
        upperBound: prefix,
        upperBoundInclusive: true,
      },
      order,
    );
    return part(rows, prefix, isByTime);
  };
  if (userId !== undefined) {
    return ofOwner("userId", userId);
  }
  if (groupId !== undefined) {
    return ofOwner("groupId", groupId);
  }
  if (name !== undefined) {
    const rows = keys.withIndex("name", (q) => q.eq("name", name));
    return part(rows.order(order), [name], true);
  }
  if (prefix !== undefined) {
    const rows = keys.withIndex("prefix", (q) => q.eq("prefix", prefix));
    return part(rows.order(order), [prefix], true);
  }
  if (revoked !== undefined) {
    const rows = keys.withIndex("revoked", (q) => q.eq("revoked", revoked));
    return part(rows.order(order), [revoked], true);
  }
  return isByTime
    ? part(keys.withIndex("by_creation_time").order(order), [], true)
    : part(keys.withIndex(orderBy).order(order), [], false);
}

/** Rows with the part of an index that they are. */
function part<Rows>(
  rows: Rows,
  prefix: (string | boolean)[],
  isByTime: boolean,
) {
  return { rows, range: { prefix, fields: isByTime ? 0 : 1 } };
}

function matches(row: Doc<"ApiKey">, where: Conditions): boolean {
  const { userId, groupId, revoked, name, prefix } = where;
  return (
    (userId === undefined || row.userId === userId) &&
    (groupId === undefined || row.groupId === groupId) &&
    (revoked === undefined || row.revoked === revoked) &&
    (name === undefined || row.name === name) &&
    (prefix === undefined || row.prefix === prefix)
  );
}
