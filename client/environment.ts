/**
 * What the client needs from the place it runs in.
 *
 * Everything that differs between a browser, a server render, React Native and
 * a test is an argument with a default, so that no module touches a global at
 * import time and no test has to wait for real time to pass.
 */

/** Timers as browsers have them; replaceable so that tests own the time. */
export interface Timers {
  /**
   * Calls `callback` once after `delayMs` milliseconds (0 to 2^31 − 1).
   *
   * @returns A handle for {@link Timers.clearTimeout}.
   */
  setTimeout(callback: () => void, delayMs: number): unknown;
  /** Cancels a timer; a handle whose timer has fired is ignored. */
  clearTimeout(handle: unknown): void;
}

/**
 * The part of the Web Locks API that serialises refreshes across tabs.
 * `navigator.locks` satisfies it.
 */
export interface LockManagerLike {
  /**
   * Runs `task` while holding the exclusive lock `name`, and settles as `task`
   * does. Rejects without running `task` when `signal` aborts first.
   */
  request<Result>(
    name: string,
    options: { signal?: AbortSignal },
    task: () => Promise<Result>,
  ): Promise<Result>;
}

/** A source of `storage` and `online` events; `window` satisfies it. */
export interface EventSourceLike {
  /** Starts calling `listener` for events of the type. */
  addEventListener(
    type: "storage" | "online",
    listener: (event: Event) => void,
  ): void;
  /** Stops what `addEventListener` started. */
  removeEventListener(
    type: "storage" | "online",
    listener: (event: Event) => void,
  ): void;
}

/** A channel between tabs of one origin; `BroadcastChannel` satisfies it. */
export interface TabChannel {
  /** Sends to every other holder of the channel's name, never to oneself. */
  postMessage(message: unknown): void;
  /** Called for each message of another tab. */
  onmessage: ((event: MessageEvent) => void) | null;
  /** Ends sending and receiving. */
  close(): void;
}

/** The replaceable surroundings of a client; every field has a default. */
export interface Environment {
  /** The local clock: milliseconds since the Unix epoch. */
  now: () => number;
  /** A number in [0, 1) for jitter; it guards no secret. */
  random: () => number;
  /** One-shot timers. */
  timers: Timers;
  /** How the deployment is reached. */
  fetch: typeof globalThis.fetch;
  /** Web Locks, or `null` where there are none (insecure origins, servers). */
  locks: LockManagerLike | null;
  /** `storage` and `online` events, or `null` outside a browser. */
  events: EventSourceLike | null;
  /**
   * Opens a channel between tabs, or `null` when none can be had. Used for
   * custom storages only: `localStorage` announces its changes by itself.
   */
  openChannel: ((name: string) => TabChannel) | null;
}

/**
 * Completes an environment with the defaults of the present runtime.
 *
 * @param overrides - Fields to use instead of the runtime's own.
 * @returns A complete environment; outside a browser it has no locks, events
 *   or channels, so a server render opens nothing that would have to be closed.
 */
export function completeEnvironment(
  overrides: Partial<Environment>,
): Environment {
  const inBrowser = typeof window !== "undefined";
  return {
    now: overrides.now ?? (() => Date.now()),
    random: overrides.random ?? (() => Math.random()),
    timers: overrides.timers ?? {
      setTimeout: (callback, delayMs) =>
        globalThis.setTimeout(callback, delayMs),
      clearTimeout: (handle) =>
        globalThis.clearTimeout(
          handle as ReturnType<typeof globalThis.setTimeout>,
        ),
    },
    // The global is looked up at each call, so that a polyfill or a test that
    // replaces it after this client was made is honoured.
    fetch: overrides.fetch ?? ((input, init) => globalThis.fetch(input, init)),
    locks:
      overrides.locks !== undefined
        ? overrides.locks
        : inBrowser
          ? browserLocks()
          : null,
    events:
      overrides.events !== undefined
        ? overrides.events
        : inBrowser && typeof window.addEventListener === "function"
          ? window
          : null,
    openChannel:
      overrides.openChannel !== undefined
        ? overrides.openChannel
        : inBrowser && typeof BroadcastChannel !== "undefined"
          ? (name) => new BroadcastChannel(name)
          : null,
  };
}

/** `navigator.locks` exists in secure contexts only; its type says always. */
function browserLocks(): LockManagerLike | null {
  const locks: LockManager | undefined =
    typeof navigator === "undefined" ? undefined : navigator.locks;
  if (locks === undefined) {
    return null;
  }
  return {
    // Awaited, since the lock manager's type knows nothing of promises.
    request: async (name, options, task) =>
      await locks.request(name, options, () => task()),
  };
}
