import type { AuthTokenFetcher } from "convex/browser";
import type { ConvexReactClientLike } from "../../../client/index.js";

/** A Convex client whose decisions a test makes. */
export class ScriptedConvex implements ConvexReactClientLike {
  readonly url = "https://happy-otter-123.convex.cloud";
  fetchToken: AuthTokenFetcher | null = null;
  /** Tells the client under test what the server decided. */
  decide: (isAuthenticated: boolean) => void = () => undefined;
  setAuthCount = 0;
  clearAuthCount = 0;
  watcherCount = 0;
  private result: unknown = undefined;
  private readonly listeners = new Set<() => void>();

  setAuth(
    fetchToken: AuthTokenFetcher,
    onChange: (isAuthenticated: boolean) => void = () => undefined,
  ): void {
    this.setAuthCount += 1;
    this.fetchToken = fetchToken;
    this.decide = onChange;
    void fetchToken({ forceRefreshToken: false });
  }

  clearAuth(): void {
    this.clearAuthCount += 1;
  }

  watchQuery() {
    return {
      onUpdate: (callback: () => void) => {
        this.watcherCount += 1;
        this.listeners.add(callback);
        return () => {
          this.listeners.delete(callback);
        };
      },
      localQueryResult: () => {
        if (this.result instanceof Error) {
          throw this.result;
        }
        return this.result;
      },
    };
  }

  /** Sets the result of the session query. */
  publish(result: unknown): void {
    this.result = result;
    for (const listener of [...this.listeners]) {
      listener();
    }
  }
}
