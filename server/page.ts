import { refuse } from "./refuse.js";
import { checkFields, PAGE_SHAPE, type Shape } from "./shape.js";

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

/** The most items of a page of a list with conditions. */
const MAX_FILTERED_LIMIT = 100;

/** The options in the form in which the component takes them. */
export function pageArguments(
  { limit, cursor, order }: PageOptions,
  maximum = MAX_LIMIT,
) {
  const items = Math.trunc(limit ?? DEFAULT_LIMIT);
  return {
    limit: Math.min(maximum, Math.max(1, items || DEFAULT_LIMIT)),
    cursor: cursor ?? null,
    ...(order === undefined ? {} : { order }),
  };
}

/**
 * The options of a list with conditions, in the form in which the component
 * takes them.
 *
 * @param name What to call the options.
 * @param filter What the conditions have to be.
 * @throws `INVALID_PARAMETERS`
 */
export function filteredPageArguments<Where extends object, Order>(
  name: string,
  options: PageOptions & { where?: Where; orderBy?: Order },
  filter: Shape,
) {
  checkFields(name, options, {
    ...PAGE_SHAPE,
    where: "object?",
    orderBy: "text?",
  });
  const { where = {} as Where, orderBy = "_creationTime" as const } = options;
  checkFields("where", where, filter);
  return { where, orderBy, ...pageArguments(options, MAX_FILTERED_LIMIT) };
}

/**
 * By what else than their creation rows can be ordered, and which conditions
 * each order allows: those that an index begins with. There may be several.
 */
export type Orders = Readonly<Record<string, readonly (readonly string[])[]>>;

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
  const allowed = Object.hasOwn(orders, orderBy) ? orders[orderBy] : undefined;
  if (allowed === undefined) {
    refuse(
      "INVALID_PARAMETERS",
      `${items} can be ordered by _creationTime, ${Object.keys(orders).join(", ")}`,
    );
  }
  const conditions = Object.entries(where as Record<string, unknown>)
    .filter(([, value]) => value !== undefined)
    .map(([field]) => field);
  const isSupported = allowed.some((fields) =>
    conditions.every((field) => fields.includes(field)),
  );
  if (!isSupported) {
    const sets = allowed.map((fields) => fields.join(" and ")).join(", or ");
    refuse(
      "INVALID_PARAMETERS",
      `${items} can be ordered by ${orderBy} with no condition but ${sets}; with ${conditions.join(", ")} they come by _creationTime`,
    );
  }
}
