/**
 * What the project has promised itself, and whether it holds in this run. A
 * target that is missed is printed like one that is met: the run never fails
 * on it.
 */

/**
 * @typedef {object} Target
 * @property {string} text What must hold.
 * @property {"PASS" | "MISSED" | "NOT MEASURED"} verdict
 * @property {string} found The figure found, or a dash.
 */

/**
 * @param {string} text
 * @param {number | undefined} value The figure found; `undefined` when one of
 *   the things that it compares could not be measured.
 * @param {{ atMost: number } | { atLeast: number }} bound
 * @param {string} [unit] Written after the figure.
 * @returns {Target}
 */
export function judge(text, value, bound, unit = "") {
  if (value === undefined || !Number.isFinite(value)) {
    return { text, verdict: "NOT MEASURED", found: "–" };
  }
  const holds =
    "atMost" in bound ? value <= bound.atMost : value >= bound.atLeast;
  return {
    text,
    verdict: holds ? "PASS" : "MISSED",
    found: `${written(value, Object.values(bound)[0])}${unit}`,
  };
}

/**
 * @param {number} value
 * @param {number} bound A figure beside it is not to be written like it.
 * @returns {string}
 */
function written(value, bound) {
  const digits = Math.abs(value) < 10 ? 2 : 0;
  const short = value.toFixed(digits);
  const isLikeBound = Number(short) === bound && value !== bound;
  return isLikeBound ? value.toFixed(digits + 2) : short;
}

/**
 * @param {number | undefined} numerator
 * @param {number | undefined} denominator
 * @returns {number | undefined} Their ratio when both were measured.
 */
export function ratio(numerator, denominator) {
  return numerator === undefined || denominator === undefined
    ? undefined
    : numerator / denominator;
}
