/**
 * Scheduled functions that wait until they are let go, however long they were
 * to wait: the engine starts them by `setTimeout`.
 */

/**
 * @param {{ finishAllScheduledFunctions: Function }} app
 * @param {() => Promise<unknown>} work What it schedules does not start.
 * @returns {Promise<() => Promise<void>>} Runs what was scheduled, and what
 *   that schedules, to its end.
 */
export async function holdScheduled(app, work) {
  const { setTimeout } = globalThis;
  /** @type {(() => void)[]} */
  let waiting = [];
  globalThis.setTimeout = (callback) => waiting.push(callback);
  try {
    await work();
  } catch (error) {
    globalThis.setTimeout = setTimeout;
    throw error;
  }
  return async () => {
    try {
      await app.finishAllScheduledFunctions(() => {
        const due = waiting;
        waiting = [];
        for (const callback of due) callback();
      }, Infinity);
    } finally {
      globalThis.setTimeout = setTimeout;
    }
  };
}
