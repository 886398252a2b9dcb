/** Following whether the Convex server accepts the token. */

import type { AuthTokenFetcher } from "convex/browser";
import type { ConvexConnection } from "./convexConnection.js";
import type { Timers } from "./environment.js";

/** What `ConvexProviderWithAuth` takes as its `client`. */
export interface ConvexAuthTarget {
  /** As `ConvexReactClient.setAuth`. */
  setAuth(
    fetchToken: AuthTokenFetcher,
    onChange: (isAuthenticated: boolean) => void,
    onRefreshChange?: (isRefreshing: boolean) => void,
  ): void;
  /** As `ConvexReactClient.clearAuth`. */
  clearAuth(): void;
}

/** What a handshake asks of its owner and tells it. */
interface HandshakeOwner {
  /** The present session's id, or `null` when there is no session. */
  sessionId: () => string | null;
  /** Gets a new token; `null` when the session has ended. */
  forceRefresh: () => Promise<unknown>;
  /** The server accepted the session's token. */
  onConfirmed: (connection: ConvexConnection) => void;
  /** The server accepts no token of the session, not even a fresh one. */
  onRejected: () => void;
  /** The server has not answered in time; it still may. */
  onTimeout: () => void;
  /** A handshake began or the connection became anonymous. */
  onReset: () => void;
}

interface Registration {
  connection: ConvexConnection;
  fetchToken: AuthTokenFetcher;
  onChange: (isAuthenticated: boolean) => void;
  onRefreshChange: ((isRefreshing: boolean) => void) | undefined;
}

/** Sits between whoever calls `setAuth` and a Convex client, and listens. */
export class Handshake {
  private readonly owner: HandshakeOwner;
  private readonly timers: Timers;
  private readonly timeoutMs: number;
  private generation = 0;
  private timer: unknown = null;

  /**
   * @param owner - Who is asked and told.
   * @param timers - One-shot timers.
   * @param timeoutMs - After how many milliseconds {@link HandshakeOwner.onTimeout} is called.
   */
  constructor(owner: HandshakeOwner, timers: Timers, timeoutMs: number) {
    this.owner = owner;
    this.timers = timers;
    this.timeoutMs = timeoutMs;
  }

  /**
   * A stand-in for a Convex client's `setAuth` and `clearAuth` that passes
   * everything on and learns what the server decides.
   *
   * @param connection - The client it stands for.
   */
  target(connection: ConvexConnection): ConvexAuthTarget {
    return {
      setAuth: (fetchToken, onChange, onRefreshChange) =>
        this.begin({ connection, fetchToken, onChange, onRefreshChange }),
      clearAuth: () => {
        this.reset();
        connection.clearAuth();
      },
    };
  }

  /** Forgets the running handshake: what is still heard of it is ignored. */
  reset(): void {
    this.generation += 1;
    this.stopTimer();
    this.owner.onReset();
  }

  private begin(registration: Registration, isRetry = false): void {
    this.reset();
    const generation = this.generation;
    const isCurrent = () => this.generation === generation;
    let wasRefreshed = isRetry;
    let sessionId = this.owner.sessionId();
    if (sessionId !== null) {
      this.startTimer();
    }

    registration.connection.setAuth(
      async (args) => {
        // Convex goes on asking at the time it has planned, even after
        // `clearAuth`: it has nothing to get any more.
        if (!isCurrent()) {
          return null;
        }
        const token = await registration.fetchToken(args);
        if (typeof token === "string" && isCurrent()) {
          wasRefreshed ||= args.forceRefreshToken;
          if (sessionId === null) {
            // Storage had not been read yet when the handshake began.
            sessionId = this.owner.sessionId();
            this.startTimer();
          }
        }
        return token;
      },
      (isAuthenticated) => {
        if (!isCurrent()) {
          return;
        }
        // A decision about a session that is no longer the present one (or
        // about having none) says nothing about the present one.
        const isAboutPresent =
          sessionId !== null && this.owner.sessionId() === sessionId;
        if (isAuthenticated) {
          this.stopTimer();
          wasRefreshed = false;
          if (isAboutPresent) {
            this.owner.onConfirmed(registration.connection);
          }
          registration.onChange(true);
        } else if (isAboutPresent && !wasRefreshed) {
          void this.retry(registration, isCurrent);
        } else {
          this.stopTimer();
          if (isAboutPresent) {
            this.owner.onRejected();
          }
          registration.onChange(false);
        }
      },
      registration.onRefreshChange,
    );
  }

  /** One forced refresh and another try before a session counts as rejected. */
  private async retry(
    registration: Registration,
    isCurrent: () => boolean,
  ): Promise<void> {
    await this.owner.forceRefresh();
    if (isCurrent()) {
      this.begin(registration, true);
    }
  }

  private startTimer(): void {
    this.timer = this.timers.setTimeout(() => {
      this.timer = null;
      this.owner.onTimeout();
    }, this.timeoutMs);
  }

  private stopTimer(): void {
    if (this.timer !== null) {
      this.timers.clearTimeout(this.timer);
      this.timer = null;
    }
  }
}
