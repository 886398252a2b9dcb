/**
 * The command line of `npm run bench`.
 */
import path from "node:path";
import { parseArgs } from "node:util";
import { isBuilt } from "./resolution/repository.mjs";
import { topicNames } from "./topics/names.mjs";

/**
 * @typedef {object} Options
 * @property {boolean} quick Fewer rounds: a check that it runs, not a figure
 *   to publish.
 * @property {string | undefined} json Where to write every figure as JSON.
 * @property {string | undefined} markdown Where to write the table for the
 *   README; `-` is standard output.
 * @property {string[]} topics The topics to measure.
 * @property {string | undefined} against The root of another checkout, which
 *   ends in a slash: the topics that can compare with it do.
 */

export const usage = `npm run bench -- [options]
  --quick             fewer rounds
  --only <topics>     comma-separated, of: ${topicNames.join(", ")}
  --json <file>       write every figure as JSON
  --markdown <file>   write the README's table ("-" for standard output)
  --against <folder>  compare with another built checkout (topic "calls")
  --help`;

/**
 * @param {string[]} commandLine The arguments after the script's name.
 * @returns {Options | "help"}
 * @throws {Error} when an option or a topic is unknown, or a checkout is not
 *   built.
 */
export function readOptions(commandLine) {
  const { values } = parseArgs({
    args: commandLine,
    options: {
      quick: { type: "boolean", default: false },
      only: { type: "string" },
      json: { type: "string" },
      markdown: { type: "string" },
      against: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return "help";
  const topics = values.only?.split(",") ?? topicNames;
  for (const topic of topics) {
    if (!topicNames.includes(topic)) {
      throw new Error(`Unknown topic "${topic}".\n${usage}`);
    }
  }
  return {
    quick: values.quick,
    json: values.json,
    markdown: values.markdown,
    topics,
    against: values.against && builtCheckout(values.against),
  };
}

/**
 * @param {string} folder
 * @returns {string} As an absolute path that ends in a slash.
 */
function builtCheckout(folder) {
  const root = `${path.resolve(folder)}/`;
  if (!isBuilt(root)) {
    throw new Error(`There is no build in ${root} (npm run build).`);
  }
  return root;
}
