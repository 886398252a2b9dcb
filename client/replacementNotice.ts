/** Telling other tabs that the session may be about to be replaced. */

import type { Environment } from "./environment.js";
import type { AuthStorage } from "./storage.js";

/** How often a tab looks whether a sign-in of another one is over. */
const POLL_MS = 250;

/** What the notice says instead once somebody has signed out. */
const SIGNED_OUT = "signedOut";

/**
 * A note in the storage that the tabs share, from the moment at which somebody
 * who is signed in signs in again until the new session is stored.
 *
 * The server ends the old session before any tab has the new one, and tells all
 * tabs of it at once. Without the note they could not tell that from a
 * revocation, which has to show the person out without delay.
 */
export class ReplacementNotice {
  private readonly storage: AuthStorage;
  private readonly key: string;
  private readonly environment: Environment;
  private readonly lifetimeMs: number;

  /**
   * @param storage - A storage that does not fail (see `createResilientStorage`).
   * @param namespace - Tells deployments apart.
   * @param environment - Supplies the clock and the timers.
   * @param lifetimeMs - For how many milliseconds it counts, if the tab that
   *   has written it is gone.
   */
  constructor(
    storage: AuthStorage,
    namespace: string,
    environment: Environment,
    lifetimeMs: number,
  ) {
    this.storage = storage;
    this.key = `__gatehouseReplacement_${namespace}`;
    this.environment = environment;
    this.lifetimeMs = lifetimeMs;
  }

  /** A sign-in that may replace the session begins. */
  async begin(): Promise<void> {
    const until = this.environment.now() + this.lifetimeMs;
    await this.storage.setItem(this.key, String(until));
  }

  /** It is over, and its session is stored if there is one. */
  async end(): Promise<void> {
    await this.storage.removeItem(this.key);
  }

  /** Somebody has signed out: a session that comes now is nobody's. */
  async signOut(): Promise<void> {
    if (await this.isUnderWay()) {
      await this.storage.setItem(this.key, SIGNED_OUT);
    }
  }

  /** Whether somebody has signed out in any tab since it began. */
  async isSignedOut(): Promise<boolean> {
    return (await this.storage.getItem(this.key)) === SIGNED_OUT;
  }

  /** Whether any tab may be replacing the session. */
  async isUnderWay(): Promise<boolean> {
    const text = await this.storage.getItem(this.key);
    const left = Number(text ?? Number.NaN) - this.environment.now();
    // A time that is further away was written before the clock was set back.
    return left > 0 && left <= this.lifetimeMs;
  }

  /**
   * Waits until no tab may be replacing the session.
   *
   * @param isOver - Whether there is nothing to wait for any more.
   */
  async settled(isOver: () => boolean): Promise<void> {
    while (!isOver() && (await this.isUnderWay())) {
      await new Promise<void>((resolve) => {
        this.environment.timers.setTimeout(resolve, POLL_MS);
      });
    }
  }
}
