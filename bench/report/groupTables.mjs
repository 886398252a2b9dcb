/**
 * The tables of the topic `groups`.
 */
import { questions } from "../groups/peers.mjs";
import { bytes, count, milliseconds, percent, times } from "./format.mjs";

/**
 * @typedef {import("../groups/run.mjs").GroupFigures} GroupFigures
 * @typedef {import("./topic.mjs").Table} Table
 */

/**
 * @param {"inherit" | "permission"} table
 * @param {string} title
 * @param {GroupFigures} figures
 * @returns {Table}
 */
export function growthTable(table, title, { growth }) {
  const cases = growth.filter((measured) => measured.table === table);
  const [{ time: unit }] = cases;
  return {
    title,
    columns: [
      "",
      "depth",
      "crossings",
      "index ranges",
      "rows read",
      "time",
      "ratio",
    ],
    rows: [...cases]
      .sort((left, right) => left.depth - right.depth)
      .map(({ label, depth, cost, time }) => [
        label,
        ...[depth, cost.crossings, cost.indexRanges, cost.rowsRead].map(count),
        milliseconds(time),
        times(time / unit),
      ]),
  };
}

/**
 * @param {GroupFigures} figures
 * @returns {Table}
 */
export function removalTable(figures) {
  const { organization, subtree, user, bareDeletion } = figures;
  const { moveOne, moveMany } = figures;
  return {
    title:
      "Removals and moves (the largest transaction, and its share of a limit)",
    columns: [
      "",
      "transactions",
      "rows read",
      "rows written",
      "read",
      "written",
      "ranges",
      "bytes read",
      "bytes written",
      "share",
      "of the limit of",
      "time",
      "per row",
      "gone at once",
    ],
    rows: [
      ...[organization, subtree, user].map((removal) => {
        const { first, batches, milliseconds: time, isInvisible } = removal;
        const rowsWritten = first.rowsWritten + batches.rowsWritten;
        return [
          removal.label,
          count(first.transactions + batches.transactions),
          count(first.rowsRead + batches.rowsRead),
          count(rowsWritten),
          ...largestCells(largest(removal)),
          `${(time / 1000).toFixed(1)} s`,
          times(time / rowsWritten / bareDeletion),
          isInvisible ? "yes" : "NO",
        ];
      }),
      ...[
        ["move a group with 1 group below", moveOne],
        [
          `move a group with ${count(figures.sizes.many)} groups below`,
          moveMany,
        ],
      ].map(([label, cost]) => [
        label,
        count(cost.transactions),
        count(cost.rowsRead),
        count(cost.rowsWritten),
        ...largestCells(cost.largest),
        ...["–", "–", "–"],
      ]),
    ],
  };
}

/** By the engine's names of what it counts. */
const limitNames = {
  bytesRead: "bytes read",
  bytesWritten: "bytes written",
  databaseQueries: "ranges",
  documentsRead: "rows read",
  documentsWritten: "rows written",
};

/** @param {import("../operations/recorder.mjs").TransactionCost} transaction */
function largestCells({
  rowsRead,
  rowsWritten,
  indexRanges,
  bytesRead,
  bytesWritten,
  share,
  limit,
}) {
  return [
    count(rowsRead),
    count(rowsWritten),
    count(indexRanges),
    bytes(bytesRead),
    bytes(bytesWritten),
    percent(share),
    limitNames[limit] ?? limit,
  ];
}

/**
 * @param {import("../groups/removals.mjs").Removal} removal
 * @returns {import("../operations/recorder.mjs").TransactionCost}
 */
export function largest({ first, batches }) {
  return (batches.largest?.share ?? 0) > (first.largest?.share ?? 0)
    ? batches.largest
    : first.largest;
}

/**
 * @param {GroupFigures} figures
 * @returns {Table}
 */
export function pageTable({ pages }) {
  return {
    title: "A page of 50 of a long list",
    columns: [
      "",
      "rows",
      "at the",
      "index ranges",
      "rows read",
      "time",
      "ratio",
    ],
    rows: pages.map((page) => {
      const { label, rows, position, cost, time } = page;
      const start = pages.find(({ list }) => list === page.list);
      return [
        label,
        count(rows),
        position,
        count(cost.indexRanges),
        count(cost.rowsRead),
        milliseconds(time),
        times(time / start.time),
      ];
    }),
  };
}

/**
 * @param {GroupFigures} figures
 * @returns {Table}
 */
export function peerTable({ peers }) {
  return {
    title: "Beside Better Auth's organization plugin, the session included",
    columns: [
      "",
      "members",
      "transactions",
      "crossings",
      "index ranges",
      "rows read",
      "time",
      "ratio",
    ],
    rows: Object.entries(questions).flatMap(([question, title]) =>
      peers
        .filter((measured) => measured.question === question)
        .map(({ app, label, members, cost, time }) => {
          const ours = peers.find(
            (other) => other.id === `gatehouse/${question}/${members}`,
          );
          return [
            `${title}: ${app === "gatehouse" ? label : "Better Auth"}`,
            ...[
              members,
              cost.transactions,
              cost.crossings,
              cost.indexRanges,
              cost.rowsRead,
            ].map(count),
            milliseconds(time),
            times(time / ours.time),
          ];
        }),
    ),
  };
}
