/** Where a signed-in state survives a page load. */

/**
 * A place for strings, synchronous (`localStorage`) or asynchronous (React
 * Native's storages, IndexedDB wrappers).
 */
export interface AuthStorage {
  /** The value of the key, or `null` when there is none. */
  getItem(
    key: string,
  ): string | null | undefined | Promise<string | null | undefined>;
  /** Sets the key; the value is replaced as a whole. */
  setItem(key: string, value: string): void | Promise<void>;
  /** Removes the key; a missing one is ignored. */
  removeItem(key: string): void | Promise<void>;
}

/**
 * A storage that lasts as long as the object does.
 *
 * @returns An empty storage of its own.
 */
export function createMemoryStorage(): AuthStorage {
  const items = new Map<string, string>();
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => {
      items.set(key, value);
    },
    removeItem: (key) => {
      items.delete(key);
    },
  };
}

/**
 * The storage used when an app names none.
 *
 * @returns `localStorage` in a browser that grants it; otherwise `null`.
 *   Merely reading `window.localStorage` throws where site data is blocked.
 */
export function browserStorage(): AuthStorage | null {
  try {
    return typeof window === "undefined" ? null : (window.localStorage ?? null);
  } catch {
    return null;
  }
}

/**
 * Makes a storage that never fails: once the given one throws (private mode,
 * quota, revoked permission), this tab goes on in memory, signed in until it
 * is closed, rather than failing a sign-in that the server has granted.
 *
 * @param primary - The storage to use while it works; `null` for memory alone.
 * @returns A storage whose methods never reject.
 */
export function createResilientStorage(
  primary: AuthStorage | null,
): Required<AuthStorage> {
  const memory = createMemoryStorage();
  let current: AuthStorage | null = primary;

  async function attempt<Result>(
    operate: (storage: AuthStorage) => Result | Promise<Result>,
  ): Promise<Result> {
    if (current !== null) {
      try {
        return await operate(current);
      } catch {
        current = null;
      }
    }
    return await operate(memory);
  }

  return {
    getItem: (key) => attempt((storage) => storage.getItem(key)),
    setItem: async (key, value) => {
      const before = current;
      await attempt((storage) => storage.setItem(key, value));
      if (before !== null && current === null) {
        // A full storage still holds the previous value. Left there, the next
        // page load would present a rotated refresh token, which the server
        // must take for a stolen one.
        try {
          await before.removeItem(key);
        } catch {
          // Nothing more can be done with a storage that refuses everything.
        }
      }
    },
    removeItem: (key) => attempt((storage) => storage.removeItem(key)),
  };
}

/**
 * The namespace of a deployment, so that two apps served from one origin (two
 * ports of localhost share nothing, two paths of a host share everything) do
 * not read each other's tokens.
 *
 * @param deploymentUrl - The address of the Convex deployment.
 * @returns A string that differs for different deployments. Built without
 *   `URL`, which React Native implements in part only.
 */
export function namespaceOf(deploymentUrl: string): string {
  return encodeURIComponent(deploymentUrl.replace(/\/+$/, ""));
}
