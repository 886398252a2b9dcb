/**
 * The rows of one table as the present transaction sees them, and the indexes
 * through which they have been asked for.
 */
import { compareFields, SortedRows } from "./sortedRows.mjs";

/**
 * @typedef {import("./sortedRows.mjs").Row} Row
 *
 * @typedef {object} Bound A condition of an index range: conditions of the
 *   type `Eq` on the first fields, then up to two on the field that follows.
 * @property {"Eq" | "Gt" | "Gte" | "Lt" | "Lte"} type
 * @property {string} field
 * @property {unknown} value
 *
 * @typedef {object} Range
 * @property {readonly string[]} fields Of the index, with what ends each:
 *   creation time and id.
 * @property {readonly Bound[]} bounds
 * @property {"asc" | "desc"} order
 */

export class IndexedTable {
  /** @type {Map<string, Row>} */
  #rows = new Map();
  /** @type {Map<string, SortedRows>} By their fields; made when first used. */
  #indexes = new Map();
  /** @type {Set<RowCursor>} Those that are not at their end. */
  #cursors = new Set();

  /**
   * @param {string} id
   * @param {Row | null} row What is to be seen from now on.
   */
  set(id, row) {
    const present = this.#rows.get(id) ?? null;
    if (present === row) return;
    // A query goes on with what was there when it began.
    for (const cursor of this.#cursors) cursor.detach();
    this.#cursors.clear();
    for (const index of this.#indexes.values()) {
      if (present !== null) index.remove(present);
      if (row !== null) index.insert(row);
    }
    if (row === null) this.#rows.delete(id);
    else this.#rows.set(id, row);
  }

  /**
   * @param {Range} range
   * @param {(row: Row) => boolean} matches
   * @param {number} limit
   * @returns {RowCursor}
   */
  open({ fields, bounds, order }, matches, limit) {
    const key = fields.join();
    let index = this.#indexes.get(key);
    if (index === undefined) {
      index = new SortedRows(fields, [...this.#rows.values()]);
      this.#indexes.set(key, index);
    }
    const start = index.find((row) => side(row, bounds) >= 0);
    const end = index.find((row) => side(row, bounds) > 0);
    const cursor = new RowCursor(
      select(index.between(start, end, order), matches, limit),
      () => this.#cursors.delete(cursor),
    );
    this.#cursors.add(cursor);
    return cursor;
  }

  /** Forgets the queries of a transaction that is over. */
  closeCursors() {
    this.#cursors.clear();
  }
}

/** The rows of a query that have not been asked for yet. */
class RowCursor {
  /** @type {Iterator<Row>} */
  #rest;
  /** @type {() => void} */
  #onEnd;

  /**
   * @param {Iterator<Row>} rows
   * @param {() => void} onEnd
   */
  constructor(rows, onEnd) {
    this.#rest = rows;
    this.#onEnd = onEnd;
  }

  /** @returns {Row | undefined} */
  next() {
    const { value, done } = this.#rest.next();
    if (!done) return value;
    this.#onEnd();
    return undefined;
  }

  /** @returns {Row[]} All that are left. */
  drain() {
    const rows = [];
    for (let row = this.next(); row !== undefined; row = this.next()) {
      rows.push(row);
    }
    return rows;
  }

  /** Copies what is left, because the index is about to change. */
  detach() {
    const rows = [];
    for (
      let step = this.#rest.next();
      step.done !== true;
      step = this.#rest.next()
    ) {
      rows.push(step.value);
    }
    this.#rest = rows.values();
  }
}

/**
 * @param {Iterable<Row>} rows
 * @param {(row: Row) => boolean} matches
 * @param {number} limit
 */
function* select(rows, matches, limit) {
  let found = 0;
  if (limit === 0) return;
  for (const row of rows) {
    if (!matches(row)) continue;
    yield row;
    found += 1;
    if (found === limit) return;
  }
}

/**
 * @param {Row} row
 * @param {readonly Bound[]} bounds
 * @returns {-1 | 0 | 1} Whether the row lies before, in or after the range.
 */
function side(row, bounds) {
  for (const { type, field, value } of bounds) {
    const order = compareFields(row[field], value);
    if (type === "Eq" && order !== 0) return order < 0 ? -1 : 1;
    if (type === "Gt" && order <= 0) return -1;
    if (type === "Gte" && order < 0) return -1;
    if (type === "Lt" && order >= 0) return 1;
    if (type === "Lte" && order > 0) return 1;
  }
  return 0;
}
