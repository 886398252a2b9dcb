import { literals } from "convex-helpers/validators";
import { v, type GenericValidator } from "convex/values";

/** How a list is cut into pages. `limit` is a number of items. */
export const pageOptions = {
  limit: v.number(),
  cursor: v.union(v.string(), v.null()),
  order: v.optional(literals("asc", "desc")),
};

/** The validator of a page of `item`s. */
export function pageOf<Item extends GenericValidator>(item: Item) {
  return v.object({
    items: v.array(item),
    nextCursor: v.union(v.string(), v.null()),
  });
}

/** What the paginator of convex-helpers gives, in the form of the contract. */
export function page<Item>(result: {
  page: Item[];
  isDone: boolean;
  continueCursor: string;
}): { items: Item[]; nextCursor: string | null } {
  return {
    items: result.page,
    nextCursor: result.isDone ? null : result.continueCursor,
  };
}
