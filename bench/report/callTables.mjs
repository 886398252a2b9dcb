/**
 * The tables of the topic `calls`. With another build to compare with, each
 * figure stands beside that build's.
 */
import { calls } from "../calls/callList.mjs";
import { bytes, count, milliseconds } from "./format.mjs";

/**
 * @typedef {import("./topic.mjs").Table} Table
 * @typedef {import("../calls/warm.mjs").WarmFigures} WarmFigures
 * @typedef {import("../calls/cold.mjs").ColdFigures} ColdFigures
 */

/**
 * @param {WarmFigures} warm
 * @param {ColdFigures} cold
 * @param {import("../calls/textCost.mjs").TextCost} text
 * @returns {Table[]}
 */
export function callTables(warm, cold, text) {
  const { empty } = warm;
  return [
    comparison(
      `Calls: all contexts, empty function = 1 (${milliseconds(empty.time)})`,
      warm,
      ({ sum }) => sum,
    ),
    comparison(
      `Calls: evaluation alone, empty module = 1 (${milliseconds(empty.evaluation)})`,
      warm,
      ({ evaluations }) => evaluations,
    ),
    comparison(
      "Calls: all contexts with strings as slow as Convex's, empty function = 1",
      warm,
      ({ convexSum }) => convexSum,
    ),
    comparison(
      "Calls: what strings as slow as Convex's take more, in milliseconds",
      warm,
      ({ times, convexTimes }) => convexTimes.time - times.time,
    ),
    comparison(
      "Calls: the same by the number of strings and the time for one, in milliseconds",
      warm,
      ({ contexts }) => stringTime(contexts, text),
    ),
    comparison(
      "Component alone: added to the empty function, empty function = 1",
      warm,
      ({ componentAdded }) => componentAdded,
      ({ part }) => part,
    ),
    comparison(
      "Component alone: evaluation added to the empty module, empty module = 1",
      warm,
      ({ componentEvaluationAdded }) => componentEvaluationAdded,
      ({ part }) => part,
    ),
    comparison(
      `Calls, the first of a process: empty function = 1 (${milliseconds(cold.empty.time)})`,
      cold,
      ({ sum }) => sum,
    ),
    comparison(
      `Calls, the first of a process: evaluation alone, empty module = 1 (${milliseconds(cold.empty.evaluation)})`,
      cold,
      ({ evaluations }) => evaluations,
    ),
    {
      title: "Strings: one of 24 bytes, among the first hundred of a context",
      columns: ["", "encodeInto", "decode"],
      rows: [
        ["Node's", text.native],
        ["Convex's, as it is modelled", text.convex],
      ].map(([label, { encodeInto, decode }]) => [
        label,
        milliseconds(encodeInto),
        milliseconds(decode),
      ]),
    },
    countsTable(warm),
  ];
}

/**
 * @param {readonly import("../calls/warm.mjs").ContextFigure[]} contexts
 * @param {import("../calls/textCost.mjs").TextCost} text
 * @returns {number} The milliseconds that their strings take more in Convex. It
 *   is less than what chance adds to a call on a busy machine.
 */
function stringTime(contexts, { native, convex }) {
  return contexts.reduce(
    (sum, { counts }) =>
      sum +
      counts.encodings * (convex.encodeInto - native.encodeInto) +
      counts.decodings * (convex.decode - native.decode),
    0,
  );
}

/**
 * @template Figure
 * @param {string} title
 * @param {{ builds: Record<string, Record<string, Figure>> }} figures
 * @param {(figure: Figure) => number} valueOf
 * @param {(call: import("../calls/callList.mjs").Call) => string} [labelOf]
 * @returns {Table}
 */
function comparison(
  title,
  { builds },
  valueOf,
  labelOf = ({ label }) => label,
) {
  const { before, now } = builds;
  const measured = calls.filter(({ id }) => now[id] !== undefined);
  if (before === undefined) {
    return {
      title,
      columns: ["", "now"],
      rows: measured.map((call) => [
        labelOf(call),
        valueOf(now[call.id]).toFixed(2),
      ]),
    };
  }
  return {
    title,
    columns: ["", "before", "now", "ratio", "difference"],
    rows: measured.map((call) => {
      const was = valueOf(before[call.id]);
      const is = valueOf(now[call.id]);
      const difference = is - was;
      return [
        labelOf(call),
        was.toFixed(2),
        is.toFixed(2),
        was === 0 ? "–" : (is / was).toFixed(2),
        `${difference < 0 ? "" : "+"}${difference.toFixed(2)}`,
      ];
    }),
  };
}

/**
 * @param {WarmFigures} warm
 * @returns {Table}
 */
function countsTable({ builds }) {
  const names = Object.keys(builds);
  return {
    title: "Calls: what is done in each context",
    columns: [
      "function",
      "build",
      "time",
      "files",
      "bytes",
      "WebAssembly decoded",
      "compiled",
      "decisions",
      "strings in",
      "bytes in",
      "strings out",
      "bytes out",
      "rows read",
      "rows written",
    ],
    rows: calls.flatMap(({ id, label }) => [
      [label, ""],
      ...names.flatMap((name) => contextRows(name, builds[name][id])),
    ]),
  };
}

/**
 * @param {string} build
 * @param {import("../calls/warm.mjs").CallFigure} figure
 * @returns {string[][]}
 */
function contextRows(build, { contexts, rowsRead, rowsWritten }) {
  return contexts.map(({ where, name, times, counts }) => [
    `  ${where} ${name}`,
    build,
    milliseconds(times.time),
    count(counts.files),
    bytes(counts.bytes),
    bytes(counts.decodedBytes),
    bytes(counts.compiledBytes),
    count(counts.decisions),
    count(counts.encodings),
    bytes(counts.encodedBytes),
    count(counts.decodings),
    bytes(counts.decodedStringBytes),
    where === "app" ? "" : count(rowsRead),
    where === "app" ? "" : count(rowsWritten),
  ]);
}
