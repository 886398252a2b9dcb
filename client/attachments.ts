/** The Convex clients that this client authenticates. */

import type { AuthTokenFetcher } from "convex/browser";
import type { ConvexAuthTarget } from "./handshake.js";

/** Keeps attached Convex clients at the present session. */
export class Attachments {
  private readonly restarts = new Set<() => void>();

  /** Whether there is one. */
  get isEmpty(): boolean {
    return this.restarts.size === 0;
  }

  /**
   * Authenticates a Convex client, now and at each {@link Attachments.restart}.
   *
   * @param target - The client, or its stand-in.
   * @param fetchToken - Where tokens come from.
   * @param hasSession - Whether there is a session.
   * @returns A function that ends it and makes the connection anonymous.
   */
  add(
    target: ConvexAuthTarget,
    fetchToken: AuthTokenFetcher,
    hasSession: () => boolean,
  ): () => void {
    const authenticate = () => target.setAuth(fetchToken, () => undefined);
    const restart = () => {
      if (hasSession()) {
        authenticate();
      } else {
        target.clearAuth();
      }
    };
    this.restarts.add(restart);
    authenticate();
    return () => {
      if (this.restarts.delete(restart)) {
        target.clearAuth();
      }
    };
  }

  /** Another session, or none, is the present one. */
  restart(): void {
    for (const restart of [...this.restarts]) {
      restart();
    }
  }

  /** Lets go of all, without making them anonymous. */
  clear(): void {
    this.restarts.clear();
  }
}
