/**
 * What a topic answers. (Types only.)
 *
 * @typedef {object} Table
 * @property {string} title
 * @property {string[]} columns
 * @property {string[][]} rows A row of two cells is a label and a remark.
 *
 * @typedef {object} SummaryRow One line of the README's table.
 * @property {string} what
 * @property {string} [ours] Missing when it could not be measured.
 * @property {Record<string, string | undefined>} peers By peer's name.
 *
 * @typedef {object} TopicResult
 * @property {object} figures Everything measured, as it goes into the JSON.
 * @property {Table[]} tables
 * @property {import("../targets.mjs").Target[]} targets
 * @property {SummaryRow[]} summary
 */

export {};
