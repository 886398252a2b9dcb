/** The longest delay that a Node timer takes; longer ones fire at once. */
const LONGEST_TIMER_DELAY = 2 ** 31 - 1;

// Taken when the module loads: the engine replaces the globals of functions
// that run in a transaction, where timers are forbidden.
const nodeSetTimeout = globalThis.setTimeout;
const nodeClearTimeout = globalThis.clearTimeout;

/**
 * Calls `callback` once after `delay` milliseconds, however long that is
 * (sessions that end in a month are scheduled in one step), without keeping
 * the process alive.
 *
 * @returns a function that cancels the call.
 */
export function startLongTimeout(
  callback: () => void,
  delay: number,
): () => void {
  let remaining = Math.max(0, delay);
  let timer: NodeJS.Timeout;
  const wait = () => {
    const step = Math.min(remaining, LONGEST_TIMER_DELAY);
    remaining -= step;
    timer = nodeSetTimeout(remaining > 0 ? wait : callback, step);
    timer.unref();
  };
  wait();
  return () => nodeClearTimeout(timer);
}
