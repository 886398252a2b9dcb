import { literals } from "convex-helpers/validators";
import { ConvexError, v, type GenericValidator } from "convex/values";

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

/** A query of convex-helpers that can be cut into pages. */
type Rows<Item> = {
  paginate(options: { numItems: number; cursor: string | null }): Promise<{
    page: Item[];
    isDone: boolean;
    continueCursor: string;
  }>;
};

/** Which part of an index a query is about. */
type IndexRange = { prefix: readonly (string | boolean)[]; fields: number };

/** The longest cursor, in characters: two texts of a user's at their longest. */
const MAX_CURSOR_LENGTH = 8_192;

/**
 * Reads one page, in the form of the contract.
 *
 * A cursor of convex-helpers is the whole key of an index entry, and a key
 * outside the range of the query leads out of that range. A client sees and
 * sends only what follows `prefix`, so that whatever it makes up, it stays
 * among the rows that the query is about.
 *
 * @param rows The query.
 * @param options The most items of the page, and where it begins.
 * @param range The values to which the query holds the first fields of its
 *   index, and how many fields of the index follow them (creation time and id,
 *   which end every index, are not counted).
 * @throws `INVALID_PARAMETERS` for a cursor that no list has given.
 */
export async function readPage<Item>(
  rows: Rows<Item>,
  options: { limit: number; cursor: string | null },
  { prefix, fields }: IndexRange,
): Promise<{ items: Item[]; nextCursor: string | null }> {
  const { page, isDone, continueCursor } = await rows.paginate({
    numItems: options.limit,
    cursor:
      options.cursor === null
        ? null
        : JSON.stringify([
            ...prefix.map(escape),
            ...readCursor(options.cursor, fields),
          ]),
  });
  const key = isDone ? null : (JSON.parse(continueCursor) as unknown[]);
  return {
    items: page,
    nextCursor: key === null ? null : JSON.stringify(key.slice(prefix.length)),
  };
}

/** In cursors of convex-helpers, `undefined` is a text, and such texts differ. */
function escape(value: string | boolean): string | boolean {
  return typeof value === "string" && value.endsWith("undefined")
    ? `_${value}`
    : value;
}

/** The end of an index key: texts and numbers, then creation time and id. */
function readCursor(cursor: string, fields: number): unknown[] {
  const key = cursor.length > MAX_CURSOR_LENGTH ? null : parse(cursor);
  const isKey =
    Array.isArray(key) &&
    key.length === fields + 2 &&
    key.every((part) =>
      ["string", "number", "boolean"].includes(typeof part),
    ) &&
    typeof key.at(-1) === "string" &&
    typeof key.at(-2) === "number";
  if (!isKey) {
    throw new ConvexError({
      code: "INVALID_PARAMETERS",
      message: "`cursor` is not one that a list has given",
    });
  }
  return key;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
