/** How long to wait before asking again. */

/** The first retry comes within this many milliseconds. */
const BACKOFF_BASE_MS = 500;
/** No retry waits longer than this, unless the server asks for it. */
const BACKOFF_MAXIMUM_MS = 30_000;
/** The longest delay that timers take (2^31 − 1): above it they fire at once. */
const TIMER_MAXIMUM_MS = 2_147_483_647;

/**
 * Exponential backoff with equal jitter: half of the delay is fixed and half
 * is random, so that many clients of a deployment that comes back do not come
 * back in step.
 *
 * @param failures - How many attempts have failed in a row, at least 1.
 * @param random - A number in [0, 1).
 * @param leastDelayMs - What the server asked for (`retryAfterMs`), if it did.
 * @returns Milliseconds to wait: at most {@link BACKOFF_MAXIMUM_MS}, or
 *   `leastDelayMs` where that is longer.
 */
export function backoffDelay(
  failures: number,
  random: number,
  leastDelayMs = 0,
): number {
  const ceiling = Math.min(
    BACKOFF_MAXIMUM_MS,
    BACKOFF_BASE_MS * 2 ** Math.min(failures - 1, 16),
  );
  const delay = ceiling / 2 + random * (ceiling / 2);
  return Math.min(TIMER_MAXIMUM_MS, Math.max(delay, leastDelayMs));
}
