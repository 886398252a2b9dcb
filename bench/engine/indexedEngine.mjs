/**
 * Gives `convex-test` real indexes.
 *
 * Its own database looks through the documents of all tables for every query
 * and every read of an index, and sorts what it has found. At 100,000 rows
 * this takes a tenth of a second, whatever a function asks for, and would
 * drown every time that is measured here. With this, a query costs a binary
 * search and the rows that are taken from it. What queries answer is the same,
 * which `whileComparing` has checked query by query; transactions, limits and
 * counters are the engine's.
 */
import {
  DatabaseFake,
  evaluateFilter,
  evaluateQueryValue,
  validateIndexRangeExpression,
} from "convex-test";
import { IndexedTable } from "./indexedTable.mjs";

/** @typedef {import("./sortedRows.mjs").Row} Row */

/** @type {WeakMap<object, Map<string, IndexedTable>>} By database. */
const tablesByDatabase = new WeakMap();

/** The engine's own methods. */
const engine = { ...methodsOf(DatabaseFake.prototype) };

let compares = false;
let compared = 0;

/** Databases that are made from now on have indexes. */
export function indexTheEngine() {
  Object.assign(DatabaseFake.prototype, {
    _addWrite(id, value) {
      engine._addWrite.call(this, id, value);
      show(this, id);
    },
    commit(commitTs) {
      const ids = Object.keys(this._writes.at(-1) ?? {});
      engine.commit.call(this, commitTs);
      for (const id of ids) show(this, id);
      closeCursors(this);
    },
    rollbackWrites() {
      const ids = Object.keys(this._writes.at(-1) ?? {});
      engine.rollbackWrites.call(this);
      for (const id of ids) show(this, id);
      closeCursors(this);
    },
    stashWrites() {
      throw new Error("Snapshot queries are not indexed");
    },
    startQuery(query) {
      const cursor = open(this, query);
      const queryId = this._nextQueryId;
      this._nextQueryId += 1;
      this._queryResults[queryId] = cursor;
      if (compares) compareWithScan(this, query);
      return queryId;
    },
    queryNext(queryId) {
      const value = this._queryResults[queryId].next();
      if (value === undefined) {
        delete this._queryResults[queryId];
        return { value: null, done: true };
      }
      return { value, done: false };
    },
  });
}

/**
 * Runs something while every query is answered by the engine's own scan, too.
 *
 * @template Result
 * @param {() => Promise<Result>} work
 * @returns {Promise<{ result: Result, queries: number }>} How many queries
 *   were compared.
 * @throws {Error} when the two answer differently.
 */
export async function whileComparing(work) {
  compares = true;
  compared = 0;
  try {
    return { result: await work(), queries: compared };
  } finally {
    compares = false;
  }
}

/** @param {object} database */
function compareWithScan(database, query) {
  const scanned = engine._evaluateQuery.call(database, query);
  const indexed = open(database, query).drain();
  compared += 1;
  if (
    scanned.length !== indexed.length ||
    scanned.some((row, index) => row !== indexed[index])
  ) {
    throw new Error(`The index answers differently: ${JSON.stringify(query)}`);
  }
}

/**
 * @param {object} database
 * @param {{ source: object, operators: object[] }} query
 */
function open(database, { source, operators }) {
  if (source.type === "Search") throw new Error("Searches are not indexed");
  const [tableName, indexName] =
    source.type === "FullTableScan"
      ? [source.tableName, "by_creation_time"]
      : source.indexName.split(".");
  const fields = indexFields(database, tableName, indexName);
  const range = source.range ?? [];
  if (source.type === "IndexRange") {
    validateIndexRangeExpression(source, fields);
  }
  const filters = operators.filter((operator) => "filter" in operator);
  const limit = operators.find((operator) => "limit" in operator)?.limit;
  return table(database, tableName).open(
    {
      fields,
      bounds: range.map(({ type, fieldPath, value }) => ({
        type,
        field: fieldPath,
        value: evaluateQueryValue(value),
      })),
      order: source.order ?? "asc",
    },
    (row) => filters.every(({ filter }) => evaluateFilter(row, filter)),
    limit ?? Infinity,
  );
}

/**
 * @param {object} database
 * @param {string} tableName
 * @param {string} indexName
 * @returns {string[]}
 */
function indexFields(database, tableName, indexName) {
  if (indexName === "by_id") return ["_id"];
  const ends = ["_creationTime", "_id"];
  if (indexName === "by_creation_time") return ends;
  const index = database._schema?.tables
    .get(tableName)
    ?.indexes.find(({ indexDescriptor }) => indexDescriptor === indexName);
  if (index === undefined)
    throw new Error(`No index ${tableName}.${indexName}`);
  if (index.fields.some((field) => field.includes("."))) {
    throw new Error(`Nested fields are not indexed: ${indexName}`);
  }
  return [...index.fields, ...ends];
}

/**
 * Puts the row as the present transaction sees it into the indexes.
 *
 * @param {object} database
 * @param {string} id
 */
function show(database, id) {
  const layer = database._writes.findLast((writes) => writes[id] !== undefined);
  const row = layer === undefined ? database._documents[id] : layer[id];
  // An id is digits, then the name of its table.
  table(database, id.replace(/^[0-9]+/, "")).set(id, row ?? null);
}

/**
 * @param {object} database
 * @param {string} name
 * @returns {IndexedTable}
 */
function table(database, name) {
  let tables = tablesByDatabase.get(database);
  if (tables === undefined) {
    tables = new Map();
    tablesByDatabase.set(database, tables);
  }
  let found = tables.get(name);
  if (found === undefined) {
    found = new IndexedTable();
    tables.set(name, found);
  }
  return found;
}

/** @param {object} database Whose innermost transaction has just ended. */
function closeCursors(database) {
  if (database._writes.length > 0) return;
  database._queryResults = {};
  for (const indexed of tablesByDatabase.get(database)?.values() ?? []) {
    indexed.closeCursors();
  }
}

/** @param {object} prototype */
function methodsOf(prototype) {
  return Object.fromEntries(
    Object.getOwnPropertyNames(prototype)
      .filter((name) => typeof prototype[name] === "function")
      .map((name) => [name, prototype[name]]),
  );
}
