/** Getting a new access token, once for everybody who asks. */

import { parseAuthError } from "../server/authError.js";
import { backoffDelay } from "./backoff.js";
import type { Environment } from "./environment.js";
import type { RefreshLock } from "./refreshLock.js";
import { isUsable, type TokenPair, type TokenStore } from "./tokenStore.js";

/** What the refresher works with and reports to. */
interface RefresherDependencies {
  /** Where the pair is. */
  store: TokenStore;
  /** Serialises attempts across tabs. */
  lock: RefreshLock;
  /** Supplies the clock, the timers and the jitter. */
  environment: Environment;
  /** How much lifetime, in milliseconds, a token of another tab must have left. */
  leewayMs: number;
  /** Exchanges a refresh token for a new pair; rejects as the server does. */
  exchange: (refreshToken: string) => Promise<TokenPair>;
  /** A pair is in force: a new one, or one that another tab has stored. */
  onPair: (pair: TokenPair) => void;
  /** There is no session any more, unless it is being replaced. */
  onEnded: (reason: "signedOut" | "expired") => Promise<void>;
  /** An attempt failed for a reason that does not end the session. */
  onFailure: (error: unknown) => void;
}

/** Keeps the access token fresh; at most one refresh runs at a time. */
export class Refresher {
  private readonly dependencies: RefresherDependencies;
  private running: Promise<TokenPair | null> | null = null;
  private interruptWait: (() => void) | null = null;
  private stops = 0;

  /** @param dependencies - What it works with and reports to. */
  constructor(dependencies: RefresherDependencies) {
    this.dependencies = dependencies;
  }

  /**
   * Refreshes until it succeeds, or until the session is known to have ended.
   *
   * Convex takes an answer of `null` for a sign-out, so failures that say
   * nothing about the session never produce one: the promise stays pending and
   * the attempt is repeated. Calls that come while a refresh runs share it.
   *
   * @param knownToken - The access token that is to be replaced. If storage
   *   holds another one by now, another tab has refreshed, and that is used.
   * @returns The pair in force; `null` when there is no session any more or
   *   {@link Refresher.stop} was called.
   */
  refresh(knownToken: string | null): Promise<TokenPair | null> {
    this.running ??= this.refreshUntilSettled(knownToken).finally(() => {
      this.running = null;
    });
    return this.running;
  }

  /**
   * Tries once, for callers that would rather see the failure than wait.
   *
   * @param knownToken - As for {@link Refresher.refresh}.
   * @returns The pair in force, or `null` when there is no session any more.
   * @throws What the exchange threw, unless it ended the session.
   */
  async refreshOnce(knownToken: string | null): Promise<TokenPair | null> {
    return await this.dependencies.lock.run(() => this.attempt(knownToken));
  }

  /** Ends the present wait between attempts: something has changed. */
  wake(): void {
    this.interruptWait?.();
  }

  /** Gives up the running refresh; it answers `null`. */
  stop(): void {
    this.stops += 1;
    this.wake();
  }

  private async refreshUntilSettled(
    knownToken: string | null,
  ): Promise<TokenPair | null> {
    const { environment, onFailure } = this.dependencies;
    const stopsAtStart = this.stops;
    for (let failures = 1; this.stops === stopsAtStart; failures += 1) {
      try {
        return await this.refreshOnce(knownToken);
      } catch (error) {
        if (this.stops !== stopsAtStart) {
          break;
        }
        onFailure(error);
        const leastDelayMs = parseAuthError(error)?.retryAfterMs;
        await this.wait(
          backoffDelay(failures, environment.random(), leastDelayMs),
        );
      }
    }
    return null;
  }

  /** One attempt; runs inside the lock. */
  private async attempt(knownToken: string | null): Promise<TokenPair | null> {
    const { store, environment, leewayMs, exchange, onPair, onEnded } =
      this.dependencies;
    const stored = await store.read();
    if (stored === null) {
      await onEnded("signedOut");
      return null;
    }
    if (
      knownToken !== null &&
      stored.token !== knownToken &&
      isUsable(stored, environment.now(), leewayMs)
    ) {
      onPair(stored);
      return stored;
    }
    let fresh: TokenPair;
    try {
      fresh = await exchange(stored.refreshToken);
    } catch (error) {
      if (parseAuthError(error)?.code !== "INVALID_REFRESH_TOKEN") {
        throw error;
      }
      // The refusal is about the token that was sent. If storage holds another
      // one, a tab without locks was faster, or somebody has signed in.
      const remaining = await store.removeIf(
        (pair) => pair.refreshToken === stored.refreshToken,
      );
      if (remaining === null) {
        await onEnded("expired");
      } else {
        onPair(remaining);
      }
      return remaining;
    }
    if (await store.replace(stored.refreshToken, fresh)) {
      onPair(fresh);
      return fresh;
    }
    // Signed out, or signed in anew, while the answer was on its way.
    const present = await store.read();
    if (present === null) {
      await onEnded("signedOut");
    } else {
      onPair(present);
    }
    return present;
  }

  private wait(delayMs: number): Promise<void> {
    const { timers } = this.dependencies.environment;
    return new Promise((resolve) => {
      const finish = () => {
        timers.clearTimeout(timer);
        this.interruptWait = null;
        resolve();
      };
      const timer = timers.setTimeout(finish, delayMs);
      this.interruptWait = finish;
    });
  }
}
