/**
 * The tables of the topic `keys`.
 */
import { operationLabels, verificationLabels } from "../keys/cases.mjs";
import { IN_FLIGHT } from "../keys/serverProcess.mjs";
import { count, milliseconds, percent, times } from "./format.mjs";

/**
 * @typedef {object} KeyFigures
 * @property {import("../keys/comparison.mjs").Verification[]} verifications
 * @property {import("../keys/comparison.mjs").Operation[]} operations
 * @property {Awaited<ReturnType<typeof
 *   import("../keys/throughput.mjs").measureThroughput>>} throughput
 *
 * @typedef {import("./topic.mjs").Table} Table
 */

/**
 * @param {KeyFigures} figures
 * @returns {Table}
 */
export function verificationTable({ verifications }) {
  return {
    title: "API keys verified, beside Better Auth's API key plugin",
    columns: [
      "",
      "crossings",
      "index ranges",
      "rows read",
      "rows written",
      "first of an hour",
      "time",
      "ratio",
    ],
    rows: Object.entries(verificationLabels).flatMap(([name, title]) => {
      const [ours, theirs] = ["gatehouse", "betterAuth"].map((app) =>
        verifications.find(({ id }) => id === `${app}/${name}`),
      );
      const rows = [ours, theirs]
        .filter((measured) => measured !== undefined)
        .map(({ app, label, cost, first, time }) => [
          `${title}: ${app === "gatehouse" ? label : "Better Auth"}`,
          ...[
            cost.crossings,
            cost.indexRanges,
            cost.rowsRead,
            cost.rowsWritten,
            first.rowsWritten,
          ].map(count),
          milliseconds(time),
          times(time / ours.time),
        ]);
      return theirs === undefined
        ? [
            ...rows,
            [`${title}: Better Auth`, "– (in a query, every key is invalid)"],
          ]
        : rows;
    }),
  };
}

/**
 * @param {KeyFigures} figures
 * @returns {Table}
 */
export function operationTable({ operations }) {
  return {
    title: "Own API keys of the signed-in user, the session included",
    columns: [
      "",
      "transactions",
      "crossings",
      "index ranges",
      "rows read",
      "rows written",
    ],
    rows: Object.entries(operationLabels).flatMap(([name, title]) =>
      [
        ["gatehouse", "Gatehouse"],
        ["betterAuth", "Better Auth"],
      ].map(([app, label]) => {
        const measured = operations.find(
          ({ app: other, operation }) => other === app && operation === name,
        );
        if (measured === undefined) return [`${title}: ${label}`, "–"];
        const { cost } = measured;
        return [
          `${title}: ${label}`,
          ...[
            cost.transactions,
            cost.crossings,
            cost.indexRanges,
            cost.rowsRead,
            cost.rowsWritten,
          ].map(count),
        ];
      }),
    ),
  };
}

/**
 * @param {KeyFigures} figures
 * @returns {Table}
 */
export function throughputTable({ throughput }) {
  const { perSecond: unit } = throughput.one;
  return {
    title: `API keys verified over loopback, ${IN_FLIGHT} calls at once (the development server, one transaction at a time)`,
    columns: [
      "",
      "keys",
      "calls",
      "accepted",
      "refused",
      "counted",
      "rows",
      "busiest row",
      "per second",
      "ratio",
    ],
    rows: Object.values(throughput).map((load) => [
      load.label,
      ...[
        load.keys,
        load.calls,
        load.accepted,
        load.refused,
        load.counted,
        load.rows,
      ].map(count),
      percent(load.busiest),
      count(load.perSecond),
      times(load.perSecond / unit),
    ]),
  };
}
