/** The time between two sessions of one person, who has signed in again. */

import type { Timers } from "./environment.js";

/**
 * Knows whether a session took the place of a confirmed one of the same person
 * and is not confirmed itself yet. The page stays as it is meanwhile.
 */
export class Reauthentication {
  private pending = false;
  private readonly waiting = new Set<() => void>();

  /** Whether the server has yet to confirm the new session. */
  get isPending(): boolean {
    return this.pending;
  }

  /**
   * Another session is the present one.
   *
   * @param isSamePerson - Whether it took the place of a confirmed one.
   */
  begin(isSamePerson: boolean): void {
    this.end();
    this.pending = isSamePerson;
  }

  /** The server has decided, or the session has ended. */
  end(): void {
    this.pending = false;
    for (const release of [...this.waiting]) {
      release();
    }
  }

  /**
   * Waits until the server has decided, so that the next call of a function is
   * one of the new session.
   *
   * @param timers - One-shot timers.
   * @param timeoutMs - After how many milliseconds it goes on anyway.
   */
  async settled(timers: Timers, timeoutMs: number): Promise<void> {
    if (!this.pending) {
      return;
    }
    await new Promise<void>((resolve) => {
      const release = () => {
        timers.clearTimeout(timer);
        this.waiting.delete(release);
        resolve();
      };
      const timer = timers.setTimeout(release, timeoutMs);
      this.waiting.add(release);
    });
  }
}
