import {
  mergedStream,
  type QueryStream,
  streamIndexRange,
} from "convex-helpers/server/stream";
import { literals } from "convex-helpers/validators";
import { ConvexError, v, type Infer } from "convex/values";
import { groupDocument, groupTag } from "../../schema/group.js";
import { groupTable } from "../../schema/groupTable.js";
import { groupTagTable } from "../../schema/groupTag.js";
import { pageOf, pageOptions } from "../../schema/page.js";
import type { Doc, Id } from "../_generated/dataModel.js";
import { query, type QueryCtx } from "../_generated/server.js";
import { GroupTree } from "../lineage.js";
import { EMPTY_PAGE, pagesOf, readPage } from "../page.js";

const where = v.object({
  slug: v.optional(v.string()),
  type: v.optional(v.string()),
  parentGroupId: v.optional(v.string()),
  name: v.optional(v.string()),
  isRoot: v.optional(v.boolean()),
  tagsAll: v.optional(v.array(groupTag)),
  tagsAny: v.optional(v.array(groupTag)),
});

const orders = ["_creationTime", "name", "slug", "type"] as const;
type Order = (typeof orders)[number];

/** The most labels that a list can ask for, as many as a group can have. */
const MAX_LABELS = 32;

/*
 * Convex lets a transaction read by 4,096 ids and index ranges. A page asks for
 * each of its groups what is above it, 32 levels at most, and by labels it
 * reads the group of each row. What follows keeps the sum below 4,000:
 * 200 + 300 + 100 x 32 groups, and 3 x 32 x 3 ranges of labels.
 */

/** The most groups of a page. */
const MAX_LIMIT = 100;

/** The most rows that are looked at to fill up a page, each time. */
const MAX_ROWS_READ = 300;

/** How often a page is filled up, after deleted groups were left out of it. */
const MAX_PARTS = 3;

/** After how many groups that were read a page is not filled up any more. */
const ENOUGH_READS = 200;

/**
 * Groups, on the index of the most selective conditions; the others are asked
 * of each row. Deleted groups and those below them are left out. An empty list
 * of labels is no condition.
 *
 * The order is kept with every condition but these: `slug`, `name` and `type`
 * rule out an order by another field, and labels without `parentGroupId` every
 * order but the one of creation. The facade refuses what is ruled out.
 */
export const list = query({
  args: { where, orderBy: literals(...orders), ...pageOptions },
  returns: pageOf(groupDocument),
  handler: async (ctx, { where, orderBy, order = "asc", ...options }) => {
    const parentGroupId =
      where.parentGroupId === undefined
        ? undefined
        : ctx.db.normalizeId("Group", where.parentGroupId);
    if (parentGroupId === null) {
      return EMPTY_PAGE;
    }
    const conditions = { ...where, parentGroupId };
    checkLabels(conditions);
    const tree = new GroupTree(ctx);
    const { groups, range } = isFoundByLabel(conditions)
      ? selectByLabel(ctx, tree, conditions, order)
      : selectByIndex(ctx, conditions, orderBy, order);
    const matching = groups.filterWith(async (group) =>
      matches(group, conditions),
    );
    return await readVisible(tree, matching, options, range);
  },
});

type Conditions = Omit<Infer<typeof where>, "parentGroupId"> & {
  parentGroupId: Id<"Group"> | undefined;
};

function checkLabels({ tagsAll = [], tagsAny = [] }: Conditions): void {
  if (Math.max(tagsAll.length, tagsAny.length) > MAX_LABELS) {
    throw new ConvexError({
      code: "INVALID_PARAMETERS",
      message: `\`tagsAll\` and \`tagsAny\` hold ${MAX_LABELS} labels at most`,
    });
  }
}

/**
 * Whether labels lead to the groups, and not a condition that leaves fewer of
 * them, or keeps another order.
 */
function isFoundByLabel(where: Conditions): boolean {
  const { slug, name, parentGroupId, tagsAll = [], tagsAny = [] } = where;
  return (
    (slug ?? name ?? parentGroupId) === undefined &&
    tagsAll.length + tagsAny.length > 0
  );
}

/** The groups in a part of an index of theirs. */
function selectByIndex(
  ctx: QueryCtx,
  where: Conditions,
  orderBy: Order,
  order: "asc" | "desc",
) {
  const { db, schema } = pagesOf(ctx.db, { Group: groupTable });
  const { index, prefix, fields } = chooseIndex(where, orderBy);
  const bounds = {
    ...{ lowerBound: prefix, lowerBoundInclusive: true },
    ...{ upperBound: prefix, upperBoundInclusive: true },
  };
  return {
    groups: streamIndexRange(db, schema, "Group", index, bounds, order),
    range: { prefix, fields },
  };
}

type Field = "slug" | "name" | "type";

type IndexPart = {
  index:
    | ("by_creation_time" | "isRoot" | "parentGroupId")
    | (Field | `parentGroupId_${Field}`);
  prefix: (string | boolean | undefined)[];
  fields: number;
};

/** Which index leads to the groups, with what its first fields are held to. */
function chooseIndex(where: Conditions, orderBy: Order): IndexPart {
  const { parentGroupId, isRoot } = where;
  const held = (["slug", "name", "type"] as const).find(
    (field) => where[field] !== undefined,
  );
  const field = held ?? (orderBy === "_creationTime" ? undefined : orderBy);
  const values = held === undefined ? [] : [where[held]];
  const fields = field !== undefined && held === undefined ? 1 : 0;
  if (parentGroupId !== undefined || isRoot === true) {
    // Roots are the groups that have no group above.
    const prefix = [parentGroupId, ...values];
    return field === undefined
      ? { index: "parentGroupId", prefix, fields }
      : { index: `parentGroupId_${field}`, prefix, fields };
  }
  if (field !== undefined) {
    return { index: field, prefix: values, fields };
  }
  return isRoot === false
    ? { index: "isRoot", prefix: [false], fields }
    : { index: "by_creation_time", prefix: [], fields };
}

/**
 * The groups to which labels lead, in the order of their creation: one label
 * that all of them have, or those of which each has one. A group that has
 * several of these comes once for each, one after the other, and is taken once.
 */
function selectByLabel(
  ctx: QueryCtx,
  tree: GroupTree,
  { tagsAll = [], tagsAny = [] }: Conditions,
  order: "asc" | "desc",
) {
  const labels = tagsAll.length > 0 ? tagsAll.slice(0, 1) : tagsAny;
  const rows = labels.map(({ key, value }) =>
    pagesOf(ctx.db, { GroupTag: groupTagTable })
      .query("GroupTag")
      .withIndex("key_value_groupTime_groupId", (q) =>
        q.eq("key", key).eq("value", value),
      )
      .order(order),
  );
  let last: Id<"Group"> | undefined;
  const groups = mergedStream(rows, ["groupTime", "groupId"]).map(
    async ({ groupId }) => {
      const isNew = groupId !== last;
      last = groupId;
      return isNew ? await tree.get(groupId) : null;
    },
  );
  return { groups, range: { prefix: [], fields: 2, isDistinct: true } };
}

/** Whether a group fulfils all conditions. */
function matches(group: Doc<"Group">, where: Conditions): boolean {
  const { tagsAll = [], tagsAny = [] } = where;
  const has = (label: Infer<typeof groupTag>) =>
    group.tags.some(
      ({ key, value }) => key === label.key && value === label.value,
    );
  const fields = ["slug", "type", "name", "parentGroupId", "isRoot"] as const;
  return (
    fields.every(
      (field) => where[field] === undefined || where[field] === group[field],
    ) &&
    tagsAll.every(has) &&
    (tagsAny.length === 0 || tagsAny.some(has))
  );
}

/**
 * Reads a page of the groups that are not deleted, nor below a deleted one.
 * Where many in a row are, as after the deletion of a large organization, the
 * page may be shorter, or empty, and not be the last.
 */
async function readVisible(
  tree: GroupTree,
  rows: QueryStream<Doc<"Group">>,
  options: { limit: number; cursor: string | null },
  range: Parameters<typeof readPage>[2],
) {
  const limit = Math.min(options.limit, MAX_LIMIT);
  const items: Doc<"Group">[] = [];
  let cursor = options.cursor;
  let parts = 0;
  do {
    const page = await readPage(
      rows,
      {
        ...{ limit: limit - items.length, cursor },
        maximumRowsRead: MAX_ROWS_READ,
      },
      range,
    );
    for (const group of page.items) {
      if (!(await tree.isHidden(group))) {
        items.push(group);
      }
    }
    cursor = page.nextCursor;
    parts += 1;
  } while (
    cursor !== null &&
    items.length < limit &&
    parts < MAX_PARTS &&
    tree.reads < ENOUGH_READS
  );
  return { items, nextCursor: cursor };
}
