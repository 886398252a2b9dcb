import {
  stream,
  type StreamDatabaseReader,
} from "convex-helpers/server/stream";
import {
  defineSchema,
  type DataModelFromSchemaDefinition,
  type GenericDatabaseReader,
  type GenericSchema,
  type SchemaDefinition,
} from "convex/server";
import { ConvexError } from "convex/values";
import type { DatabaseReader } from "./_generated/server.js";
import type wholeSchema from "./schema.js";

type WholeSchema = typeof wholeSchema;

/** A list without anything in it. */
export const EMPTY_PAGE = { items: [], nextCursor: null };

/**
 * The most rows that a page of memberships or invitations looks at. For each of
 * them the group and all above it may have to be read, 33 rows, and Convex lets
 * a transaction read by 4,096 ids and index ranges.
 */
export const MAX_ROWS_READ = 100;

/** Tables of the component by their names, with all that is declared of them. */
type TablesByName = Partial<WholeSchema["tables"]>;

/**
 * The tables that a list pages over, as convex-helpers reads them.
 *
 * convex-helpers asks the schema for the fields of an index. Every call
 * evaluates the modules that it loads, so a list names its own tables only: the
 * whole schema would cost each of its calls several times the list.
 *
 * @param db The database.
 * @param tables The declarations of the tables, by their names.
 * @returns A reader of these tables, whose queries `readPage` takes.
 */
export function pagesOf<Tables extends TablesByName & GenericSchema>(
  db: DatabaseReader,
  tables: Tables,
): StreamDatabaseReader<SchemaDefinition<Tables, true>> {
  const schema = defineSchema(tables);
  // The type of a reader names all tables that it has, so that a reader of the
  // whole database is, to the compiler, none of some tables.
  type Part = DataModelFromSchemaDefinition<typeof schema>;
  return stream(db as unknown as GenericDatabaseReader<Part>, schema);
}

/** A query of convex-helpers that can be cut into pages. */
type Rows<Item> = {
  paginate(options: {
    numItems: number;
    cursor: string | null;
    maximumRowsRead?: number;
    maximumBytesRead?: number;
  }): Promise<{
    page: Item[];
    isDone: boolean;
    continueCursor: string;
  }>;
};

/** Which part of an index a query is about. */
type IndexRange = {
  /** The values to which the query holds the first fields of its index. */
  prefix: readonly (string | boolean | undefined)[];
  /** How many fields of the index follow them. */
  fields: number;
  /**
   * Whether these fields tell all items apart. If not, creation time and id,
   * which end every index, do so. If yes, a page ends with all rows of an item.
   */
  isDistinct?: boolean;
};

/** Which page to read. */
type PageRequest = {
  /** The most items of the page. */
  limit: number;
  /** Where it begins. */
  cursor: string | null;
  /**
   * The most rows to look at, for queries that pass over rows: a page with
   * fewer items, or none, may then have another one after it.
   */
  maximumRowsRead?: number;
  /** The most bytes to look at, but for the row that exceeds them. */
  maximumBytesRead?: number;
};

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
 * @param request Which page.
 * @param range The index of the query.
 * @throws `INVALID_PARAMETERS` for a cursor that no list has given.
 */
export async function readPage<Item>(
  rows: Rows<Item>,
  { limit, cursor, ...most }: PageRequest,
  { prefix, fields, isDistinct = false }: IndexRange,
): Promise<{ items: Item[]; nextCursor: string | null }> {
  const { page, isDone, continueCursor } = await rows.paginate({
    numItems: limit,
    cursor:
      cursor === null
        ? null
        : JSON.stringify([
            ...prefix.map(escape),
            ...readCursor(cursor, isDistinct ? fields : fields + 2),
          ]),
    ...most,
  });
  const key = isDone ? null : (JSON.parse(continueCursor) as unknown[]);
  const end = isDistinct ? prefix.length + fields : undefined;
  return {
    items: page,
    nextCursor:
      key === null ? null : JSON.stringify(key.slice(prefix.length, end)),
  };
}

/** In cursors of convex-helpers, `undefined` is a text, and such texts differ. */
function escape(value: string | boolean | undefined): string | boolean {
  if (value === undefined) {
    return "undefined";
  }
  return typeof value === "string" && value.endsWith("undefined")
    ? `_${value}`
    : value;
}

/** The end of an index key: texts and numbers, at last a time and an id. */
function readCursor(cursor: string, length: number): unknown[] {
  const key = cursor.length > MAX_CURSOR_LENGTH ? null : parse(cursor);
  const isKey =
    Array.isArray(key) &&
    key.length === length &&
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
