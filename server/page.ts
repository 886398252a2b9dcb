/** One page of a list. */
export type Page<Item> = { items: Item[]; nextCursor: string | null };

/** How a list is cut into pages. */
export type PageOptions = {
  /** The most items of a page: 50 by default, between 1 and 200. */
  limit?: number;
  /** The `nextCursor` of the page before; missing or `null` for the first. */
  cursor?: string | null;
  /** `"asc"` or `"desc"`. */
  order?: "asc" | "desc";
};

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 200;

/** The options in the form in which the component takes them. */
export function pageArguments({ limit, cursor, order }: PageOptions) {
  const items = Math.trunc(limit ?? DEFAULT_LIMIT);
  return {
    limit: Math.min(MAX_LIMIT, Math.max(1, items || DEFAULT_LIMIT)),
    cursor: cursor ?? null,
    ...(order === undefined ? {} : { order }),
  };
}
