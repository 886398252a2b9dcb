import { invalid } from "./refuse.js";

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
export function pageArguments(
  { limit, cursor, order }: PageOptions,
  maximum = MAX_LIMIT,
) {
  const items = Math.trunc(limit ?? DEFAULT_LIMIT);
  return {
    limit: Math.min(maximum, Math.max(1, items || DEFAULT_LIMIT)),
    cursor: cursor ?? null,
    order,
  };
}

/**
 * By what else than their creation rows can be ordered, and which conditions
 * each order allows: those that an index begins with (`"groupId, status"`).
 * There may be several such lists.
 */
export type Orders = Readonly<Record<string, readonly string[]>>;

/**
 * Refuses an order that no index gives.
 *
 * @param items What is listed.
 * @throws `INVALID_PARAMETERS`
 */
export function checkOrder(
  items: string,
  orders: Orders,
  orderBy: string,
  where: object,
): void {
  if (orderBy === "_creationTime") {
    return;
  }
  const allowed = Object.hasOwn(orders, orderBy) && orders[orderBy];
  if (!allowed) {
    invalid(
      `${items} can be ordered by _creationTime, ${Object.keys(orders).join(", ")}`,
    );
  }
  const conditions = Object.entries(where)
    .filter(([, value]) => value !== undefined)
    .map(([field]) => field);
  const isSupported = allowed.some((fields) => {
    const known = fields.split(", ");
    return conditions.every((field) => known.includes(field));
  });
  if (!isSupported) {
    invalid(
      `${items} can be ordered by ${orderBy} with no condition but ${allowed.join("; or ")}; with ${conditions.join(", ")} they come by _creationTime`,
    );
  }
}
