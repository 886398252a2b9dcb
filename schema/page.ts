import { v, type GenericValidator } from "convex/values";

/** How a list is cut into pages. `limit` is a number of items. */
export const pageOptions = {
  limit: v.number(),
  cursor: v.union(v.string(), v.null()),
  order: v.optional(v.union(v.literal("asc"), v.literal("desc"))),
};

/** The validator of a page of `item`s. */
export function pageOf<Item extends GenericValidator>(item: Item) {
  return v.object({
    items: v.array(item),
    nextCursor: v.union(v.string(), v.null()),
  });
}
