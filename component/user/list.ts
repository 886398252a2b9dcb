import { literals } from "convex-helpers/validators";
import { v } from "convex/values";
import { pageOf, pageOptions } from "../../schema/page.js";
import { userDocument } from "../../schema/user.js";
import { userTable } from "../../schema/userTable.js";
import type { Doc } from "../_generated/dataModel.js";
import { query, type QueryCtx } from "../_generated/server.js";
import { pagesOf, readPage } from "../page.js";

const where = {
  email: v.optional(v.string()),
  phone: v.optional(v.string()),
  name: v.optional(v.string()),
  isAnonymous: v.optional(v.boolean()),
};

/** Users, on the index of the most selective condition. */
export const list = query({
  args: {
    where: v.object(where),
    orderBy: literals("_creationTime", "name", "email", "phone"),
    ...pageOptions,
  },
  returns: pageOf(userDocument),
  handler: async (ctx, { where, orderBy, order, limit, cursor }) => {
    const users = selectUsers(ctx, where, orderBy).order(order ?? "asc");
    const matching = users.filterWith(async (user) => matches(user, where));
    const { email, phone, name, isAnonymous } = where;
    const held = email ?? phone ?? name ?? isAnonymous;
    const isOrdered = held === undefined && orderBy !== "_creationTime";
    return await readPage(
      matching,
      { limit, cursor },
      {
        prefix: held === undefined ? [] : [held],
        fields: isOrdered ? 1 : 0,
      },
    );
  },
});

type Where = {
  email?: string;
  phone?: string;
  name?: string;
  isAnonymous?: boolean;
};

/**
 * The users to look through: those of the most selective condition, or all in
 * the order that was asked for. `user.list` of the facade refuses an order
 * that a condition rules out.
 */
function selectUsers(
  ctx: QueryCtx,
  { email, phone, name, isAnonymous }: Where,
  orderBy: "_creationTime" | "name" | "email" | "phone",
) {
  const users = pagesOf(ctx.db, { User: userTable }).query("User");
  if (email !== undefined) {
    return users.withIndex("email", (q) => q.eq("email", email));
  }
  if (phone !== undefined) {
    return users.withIndex("phone", (q) => q.eq("phone", phone));
  }
  if (name !== undefined) {
    return users.withIndex("name", (q) => q.eq("name", name));
  }
  if (isAnonymous !== undefined) {
    return users.withIndex("isAnonymous", (q) =>
      q.eq("isAnonymous", isAnonymous),
    );
  }
  return orderBy === "_creationTime"
    ? users.withIndex("by_creation_time")
    : users.withIndex(orderBy);
}

function matches(user: Doc<"User">, where: Where): boolean {
  return (Object.keys(where) as (keyof Where)[]).every(
    (field) => user[field] === where[field],
  );
}
