/**
 * A comparison of several ways to do the same thing: timed in turns, written
 * as medians and as ratios to the first.
 */
import { interleave, median } from "../interleave.mjs";
import { milliseconds, times } from "../report/format.mjs";

/**
 * @typedef {object} Comparison
 * @property {string} id
 * @property {string} title
 * @property {{ label: string, candidate: import("../interleave.mjs").Candidate
 *   | undefined }[]} ways `undefined` when it cannot be measured yet. The
 *   first is ours.
 */

/**
 * @param {Comparison} comparison
 * @param {number} rounds
 * @returns {Promise<{ table: import("../report/topic.mjs").Table,
 *   medians: Record<string, number> }>} `medians` in milliseconds by the
 *   candidate's id.
 */
export async function compare({ title, ways }, rounds) {
  const candidates = ways
    .map(({ candidate }) => candidate)
    .filter((candidate) => candidate !== undefined);
  const samples = await interleave(candidates, { rounds });
  /** @type {Record<string, number>} */
  const medians = {};
  for (const [id, values] of samples) medians[id] = median(values);
  const unit = candidates[0].id;
  return {
    medians,
    table: {
      title,
      columns: ["", "time", "ratio"],
      rows: ways.map(({ label, candidate }) =>
        candidate === undefined
          ? [label, "not built"]
          : [
              label,
              milliseconds(medians[candidate.id]),
              times(medians[candidate.id] / medians[unit]),
            ],
      ),
    },
  };
}
