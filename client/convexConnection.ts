/** One view of the reactive clients that the `convex` package offers. */

import type { AuthTokenFetcher, ConvexClient } from "convex/browser";
import type { FunctionReference } from "convex/server";

/**
 * What is used of a `ConvexReactClient`. Described by its shape, since this
 * folder must not depend on React, not even on its types.
 */
export interface ConvexReactClientLike {
  /** The deployment's address. */
  readonly url: string;
  /** Sets where tokens come from, and who hears of the server's decision. */
  setAuth(
    fetchToken: AuthTokenFetcher,
    onChange?: (isAuthenticated: boolean) => void,
    onRefreshChange?: (isRefreshing: boolean) => void,
  ): void;
  /** Makes the connection anonymous. */
  clearAuth(): void;
  /** Prepares to watch a query. */
  watchQuery(
    query: FunctionReference<"query">,
    args: Record<string, never>,
  ): {
    onUpdate(callback: () => void): () => void;
    localQueryResult(): unknown;
  };
}

/** A reactive Convex client: `ConvexReactClient` or `ConvexClient`. */
export type ReactiveConvexClient = ConvexReactClientLike | ConvexClient;

/** A reactive Convex client, whichever it is. */
export interface ConvexConnection {
  /** As `ConvexReactClient.setAuth`. */
  setAuth(
    fetchToken: AuthTokenFetcher,
    onChange: (isAuthenticated: boolean) => void,
    onRefreshChange?: (isRefreshing: boolean) => void,
  ): void;
  /** As `ConvexReactClient.clearAuth`. */
  clearAuth(): void;
  /**
   * Watches a query without arguments. The callback gets each result, soon
   * after the call the one that is already there; failures are left out.
   *
   * @returns A function that ends the watch.
   */
  watch(
    query: FunctionReference<"query">,
    callback: (result: unknown) => void,
  ): () => void;
}

/**
 * The address of the deployment that a client is connected to.
 *
 * @param convex - The client.
 * @throws Error when a `ConvexClient` was made with `disabled: true`: it knows
 *   no address, which then has to be given as the option `url`.
 */
export function urlOf(convex: ReactiveConvexClient): string {
  return "watchQuery" in convex ? convex.url : convex.client.url;
}

/**
 * Gives a Convex client the common shape.
 *
 * @param convex - The client.
 */
export function connectionOf(convex: ReactiveConvexClient): ConvexConnection {
  return "watchQuery" in convex ? reactConnection(convex) : connection(convex);
}

function reactConnection(convex: ConvexReactClientLike): ConvexConnection {
  return {
    setAuth: (fetchToken, onChange, onRefreshChange) =>
      convex.setAuth(fetchToken, onChange, onRefreshChange),
    clearAuth: () => convex.clearAuth(),
    watch(query, callback) {
      const watch = convex.watchQuery(query, {});
      let isActive = true;
      const report = () => {
        if (!isActive) {
          return;
        }
        let result: unknown;
        try {
          result = watch.localQueryResult();
        } catch {
          // The query failed, which says nothing about the session.
          return;
        }
        if (result !== undefined) {
          callback(result);
        }
      };
      const unsubscribe = watch.onUpdate(report);
      // A result that another subscriber of the query already has is not
      // announced. It is read a moment later, since Convex reports a confirmed
      // identity just before it takes in the results that go with it.
      queueMicrotask(report);
      return () => {
        isActive = false;
        unsubscribe();
      };
    },
  };
}

function connection(convex: ConvexClient): ConvexConnection {
  return {
    setAuth: (fetchToken, onChange) => convex.setAuth(fetchToken, onChange),
    clearAuth: () => {
      if (!convex.closed && !convex.disabled) {
        convex.client.clearAuth();
      }
    },
    watch(query, callback) {
      const unsubscribe = convex.onUpdate(query, {}, callback, () => {
        // The query failed, which says nothing about the session.
      });
      return () => unsubscribe();
    },
  };
}
