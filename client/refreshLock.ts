/** At most one refresh at a time, across all tabs where the browser can. */

import type { LockManagerLike, Timers } from "./environment.js";

// The last task of each name in this JavaScript realm: without Web Locks the
// clients of one page still take turns. Tabs cannot be serialised then; they
// read storage again before and after each refresh, and the server's grace
// period covers two that meet.
const lastTasks = new Map<string, Promise<unknown>>();

/** Runs tasks of one name one after another. */
export class RefreshLock {
  private readonly name: string;
  private readonly locks: LockManagerLike | null;
  private readonly timers: Timers;
  private readonly patienceMs: number;

  /**
   * @param namespace - Tells deployments apart.
   * @param locks - Web Locks, or `null` to serialise within this page only.
   * @param timers - One-shot timers.
   * @param patienceMs - How long to wait for another tab: a frozen tab may hold
   *   its lock for ever, and must not keep the others from refreshing.
   */
  constructor(
    namespace: string,
    locks: LockManagerLike | null,
    timers: Timers,
    patienceMs: number,
  ) {
    this.name = `gatehouse-refresh:${namespace}`;
    this.locks = locks;
    this.timers = timers;
    this.patienceMs = patienceMs;
  }

  /**
   * Runs the task alone.
   *
   * @param task - What to run; it runs exactly once.
   * @returns What the task returns; rejects as the task does.
   */
  async run<Result>(task: () => Promise<Result>): Promise<Result> {
    return this.locks === null
      ? await this.runInPage(task)
      : await this.runAcrossTabs(this.locks, task);
  }

  private async runAcrossTabs<Result>(
    locks: LockManagerLike,
    task: () => Promise<Result>,
  ): Promise<Result> {
    const controller = new AbortController();
    const timer = this.timers.setTimeout(
      () => controller.abort(),
      this.patienceMs,
    );
    let isStarted = false;
    try {
      return await locks.request(
        this.name,
        { signal: controller.signal },
        () => {
          isStarted = true;
          this.timers.clearTimeout(timer);
          return task();
        },
      );
    } catch (error) {
      if (isStarted) {
        throw error;
      }
      // Patience ran out, or locks are refused here (an opaque origin).
      return await this.runInPage(task);
    } finally {
      this.timers.clearTimeout(timer);
    }
  }

  private async runInPage<Result>(
    task: () => Promise<Result>,
  ): Promise<Result> {
    const previous = lastTasks.get(this.name) ?? Promise.resolve();
    const result = previous.then(task);
    const settled = result.then(
      () => undefined,
      () => undefined,
    );
    lastTasks.set(this.name, settled);
    try {
      return await result;
    } finally {
      if (lastTasks.get(this.name) === settled) {
        lastTasks.delete(this.name);
      }
    }
  }
}
