/**
 * The entries of one index: documents in the order of the index's fields, in
 * pieces that are small enough to insert into.
 */
import { compareValues } from "convex/values";

/** A piece that has grown to this length is cut in two. */
const MAX_PIECE = 1024;

/**
 * @typedef {Record<string, unknown> & { _id: string, _creationTime: number }}
 *   Row
 *
 * @typedef {object} Position
 * @property {number} piece
 * @property {number} offset
 */

export class SortedRows {
  /** @type {readonly string[]} */
  #fields;
  /** @type {Row[][]} Each of them with at least one row. */
  #pieces = [];

  /**
   * @param {readonly string[]} fields By which to sort; the last one is `_id`,
   *   so that no two rows are equal.
   * @param {Row[]} rows In any order.
   */
  constructor(fields, rows) {
    this.#fields = fields;
    const sorted = [...rows].sort((left, right) => this.#compare(left, right));
    for (let start = 0; start < sorted.length; start += MAX_PIECE / 2) {
      this.#pieces.push(sorted.slice(start, start + MAX_PIECE / 2));
    }
  }

  /** @param {Row} row One that is not there yet. */
  insert(row) {
    const { piece, offset } = this.find(
      (other) => this.#compare(other, row) >= 0,
    );
    if (piece === this.#pieces.length) {
      // It follows all others: a new last piece, unless the present one has
      // room, as it mostly has when rows come in their order.
      const last = this.#pieces.at(-1);
      if (last === undefined || last.length >= MAX_PIECE) {
        this.#pieces.push([row]);
      } else {
        last.push(row);
      }
      return;
    }
    const rows = this.#pieces[piece];
    rows.splice(offset, 0, row);
    if (rows.length > MAX_PIECE) {
      this.#pieces.splice(piece + 1, 0, rows.splice(rows.length >> 1));
    }
  }

  /** @param {Row} row The very object that was inserted. */
  remove(row) {
    const { piece, offset } = this.find(
      (other) => this.#compare(other, row) >= 0,
    );
    const rows = this.#pieces[piece];
    if (rows?.[offset] !== row) throw new Error(`${row._id} is not indexed`);
    rows.splice(offset, 1);
    if (rows.length === 0) this.#pieces.splice(piece, 1);
  }

  /**
   * @param {(row: Row) => boolean} isReached Holds for all rows from some row
   *   on, and for none before it.
   * @returns {Position} Of the first row for which it holds, or the end.
   */
  find(isReached) {
    const piece = firstIndex(this.#pieces.length, (index) =>
      isReached(this.#pieces[index].at(-1)),
    );
    const rows = this.#pieces[piece];
    return {
      piece,
      offset:
        rows === undefined
          ? 0
          : firstIndex(rows.length, (index) => isReached(rows[index])),
    };
  }

  /**
   * @param {Position} start
   * @param {Position} end Not included.
   * @param {"asc" | "desc"} order
   * @returns {Generator<Row>} Valid until the next insertion or removal.
   */
  *between(start, end, order) {
    if (order === "asc") {
      for (let { piece, offset } = start; ; piece++, offset = 0) {
        const rows = this.#pieces[piece] ?? [];
        const stop = piece === end.piece ? end.offset : rows.length;
        for (; offset < stop; offset++) yield rows[offset];
        if (piece >= end.piece) return;
      }
    }
    for (let piece = end.piece; piece >= start.piece; piece--) {
      const rows = this.#pieces[piece] ?? [];
      const stop = piece === start.piece ? start.offset : 0;
      let offset = (piece === end.piece ? end.offset : rows.length) - 1;
      for (; offset >= stop; offset--) yield rows[offset];
    }
  }

  /**
   * @param {Row} left
   * @param {Row} right
   */
  #compare(left, right) {
    for (const field of this.#fields) {
      const order = compareFields(left[field], right[field]);
      if (order !== 0) return order;
    }
    return 0;
  }
}

/**
 * Convex's order of values; the common cases without its detour.
 *
 * @param {unknown} left
 * @param {unknown} right
 * @returns {number}
 */
export function compareFields(left, right) {
  if (typeof left === "number" && typeof right === "number") {
    if (left < right) return -1;
    if (left > right) return 1;
  } else if (typeof left === "string" && left === right) {
    return 0;
  }
  return compareValues(left, right);
}

/**
 * @param {number} length
 * @param {(index: number) => boolean} isReached
 * @returns {number} The first index for which it holds, or `length`.
 */
function firstIndex(length, isReached) {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isReached(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
