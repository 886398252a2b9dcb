/** Noticing at once that the session was ended from elsewhere. */

import type { FunctionReference } from "convex/server";
import type { ConvexConnection } from "./convexConnection.js";

/** Who hears what the session query says. */
interface RevocationListener {
  /** The session was there and is gone. */
  onRevoked: (sessionId: string) => void;
  /**
   * The session was never seen. It may be gone, or the result may be one that
   * was computed before the connection had its identity: a refresh decides.
   */
  onDoubt: () => void;
}

/** Watches the session row of one session at a time. */
export class RevocationWatch {
  private readonly query: FunctionReference<"query"> | undefined;
  private readonly listener: RevocationListener;
  private stopWatch: (() => void) | null = null;

  /**
   * @param query - The app's `isAuthenticated`; without it nothing is watched.
   * @param listener - Who hears of a revocation.
   */
  constructor(
    query: FunctionReference<"query"> | undefined,
    listener: RevocationListener,
  ) {
    this.query = query;
    this.listener = listener;
  }

  /**
   * Watches a session that the server has confirmed on this connection.
   *
   * @param connection - Where the query runs.
   * @param sessionId - The confirmed session.
   */
  start(connection: ConvexConnection, sessionId: string): void {
    this.stop();
    if (this.query === undefined) {
      return;
    }
    let wasSeen = false;
    let isDoubted = false;
    this.stopWatch = connection.watch(this.query, (result) => {
      if (result === true) {
        wasSeen = true;
      } else if (result === false && wasSeen) {
        this.listener.onRevoked(sessionId);
      } else if (result === false && !isDoubted) {
        isDoubted = true;
        this.listener.onDoubt();
      }
    });
  }

  /** Ends the watch, if there is one. */
  stop(): void {
    this.stopWatch?.();
    this.stopWatch = null;
  }
}
