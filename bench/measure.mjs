/**
 * Measures the topics one after the other and prints their tables; started by
 * `run.mjs`, which gives it the flags of Node that it needs.
 */
import { writeFileSync } from "node:fs";
import { readOptions } from "./options.mjs";
import { describeMachine } from "./report/machine.mjs";
import { markdownTable } from "./report/markdown.mjs";
import { textTable, textTargets } from "./report/text.mjs";

/**
 * Imported one by one, so that what one topic loads does not weigh on those
 * before it.
 *
 * @type {Record<string, (options: import("./options.mjs").Options) =>
 *   Promise<import("./report/topic.mjs").TopicResult>>}
 */
const topics = {
  size: async () => (await import("./topics/size.mjs")).measureSize(),
  evaluation: async (options) =>
    (await import("./topics/evaluation.mjs")).measureEvaluation(options),
  calls: async (options) =>
    (await import("./topics/calls.mjs")).measureCalls(options),
  hashing: async (options) =>
    (await import("./topics/hashing.mjs")).measureHashing(options),
  signing: async (options) =>
    (await import("./topics/signing.mjs")).measureSigning(options),
  passkeys: async (options) =>
    (await import("./topics/passkeys.mjs")).measurePasskeys(options),
  operations: async () =>
    (await import("./topics/operations.mjs")).measureOperations(),
  groups: async (options) =>
    (await import("./topics/groups.mjs")).measureGroups(options),
  keys: async (options) =>
    (await import("./topics/keys.mjs")).measureKeys(options),
};

const options = readOptions(process.argv.slice(2));
if (options === "help") throw new Error("run.mjs answers --help");

const machine = describeMachine();
console.log(
  `Node ${machine.node} (V8 ${machine.v8}), ${machine.processor}. ` +
    "Medians of interleaved rounds; bench/README.md says what each figure is.",
);

/** @type {Record<string, object>} */
const figures = {};
/** @type {import("./targets.mjs").Target[]} */
const targets = [];
/** @type {import("./report/topic.mjs").SummaryRow[]} */
const summary = [];
for (const name of options.topics) {
  const result = await topics[name](options);
  figures[name] = result.figures;
  targets.push(...result.targets);
  summary.push(...result.summary);
  for (const table of result.tables) console.log(textTable(table));
}
if (targets.length > 0) console.log(textTargets(targets));

if (options.json !== undefined) {
  const report = { machine, quick: options.quick, figures, targets };
  writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`);
}
if (options.markdown === "-") {
  console.log(`\n${markdownTable(summary, machine)}`);
} else if (options.markdown !== undefined) {
  writeFileSync(options.markdown, markdownTable(summary, machine));
}
