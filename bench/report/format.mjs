/**
 * How figures are written.
 */

/** @param {number} count In bytes; written in decimal units. */
export function bytes(count) {
  if (Math.abs(count) < 1000) return `${count} B`;
  const kilobytes = count / 1000;
  return `${Math.abs(kilobytes) < 10 ? kilobytes.toFixed(1) : group(kilobytes)} KB`;
}

/** @param {number} duration In milliseconds. */
export function milliseconds(duration) {
  if (Math.abs(duration) < 0.1) return `${significant(duration * 1000)} µs`;
  return `${significant(duration)} ms`;
}

/** @param {number} factor */
export function times(factor) {
  return `${significant(factor)}×`;
}

/** @param {number} value A whole number. */
export function count(value) {
  return group(value);
}

/** @param {number} share Of one. */
export function percent(share) {
  return `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;
}

/** @param {number} value */
function significant(value) {
  const size = Math.abs(value);
  if (size >= 100) return group(value);
  return value.toFixed(size >= 10 ? 1 : 2);
}

/** @param {number} value */
function group(value) {
  return Math.round(value).toLocaleString("en-US");
}
