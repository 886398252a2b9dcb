import { AsyncLocalStorage } from "node:async_hooks";
import {
  backgroundExecution,
  executionStorage,
  type EngineObserver,
} from "./execution.js";
import { startLongTimeout } from "./longTimeout.js";

// The engine schedules functions with `setTimeout`, which it looks up on the
// global object at that moment. This storage is set only during that system
// call, so no other timer of the process is touched.
const schedulingStorage = new AsyncLocalStorage<EngineObserver>();
let installed = false;

/**
 * The timers of one server's scheduled functions: they may be longer than a
 * Node timer can be, and they end with the server.
 */
export class ScheduledTimers {
  readonly #cancellations = new Set<() => void>();
  #stopped = false;

  /** Calls `callback` after `delay` milliseconds unless stopped before. */
  start(callback: () => void, delay: number): void {
    if (this.#stopped) {
      return;
    }
    const cancel = startLongTimeout(() => {
      this.#cancellations.delete(cancel);
      callback();
    }, delay);
    this.#cancellations.add(cancel);
  }

  /** Cancels every timer, and refuses new ones. */
  stop(): void {
    this.#stopped = true;
    for (const cancel of this.#cancellations) {
      cancel();
    }
    this.#cancellations.clear();
  }
}

/** Runs a scheduling system call so that its timer is started by `observer`. */
export function whileScheduling<Result>(
  observer: EngineObserver,
  call: () => Result,
): Result {
  return schedulingStorage.run(observer, call);
}

/**
 * Lets the engine's scheduling timers be started by the server they belong
 * to. Installed once for the process; every other timer stays Node's own.
 */
export function installScheduling(): void {
  if (installed) {
    return;
  }
  installed = true;
  const nodeSetTimeout = globalThis.setTimeout;
  const replacement = (
    callback: (...values: unknown[]) => void,
    delay?: number,
    ...values: unknown[]
  ) => {
    const observer = schedulingStorage.getStore();
    if (observer === undefined) {
      return nodeSetTimeout(callback, delay, ...values);
    }
    // The scheduled function is a request of its own: it must not add log
    // lines or reads to the request that scheduled it.
    schedulingStorage.exit(() =>
      executionStorage.run(backgroundExecution(observer), () =>
        observer.startTimer(() => callback(...values), delay ?? 0),
      ),
    );
    return undefined;
  };
  Object.defineProperties(
    replacement,
    Object.getOwnPropertyDescriptors(nodeSetTimeout),
  );
  Object.assign(globalThis, { setTimeout: replacement });
}
