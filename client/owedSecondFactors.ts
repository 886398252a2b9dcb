/** Sign-ins of this page that wait for a second factor. */

import type { SecondFactorMethod } from "./signInResult.js";

/** How many are remembered: somebody goes on with the last or the one before. */
const MOST_REMEMBERED = 8;

/** A sign-in that waits. */
interface OwedSecondFactor {
  /** What was typed to say who signs in, if anything was. */
  address: string | undefined;
  /** What the second factor can be. */
  methods: readonly SecondFactorMethod[];
}

/**
 * Remembers what the call that proves the second factor does not say: who began
 * the sign-in, and what there is to prove it with.
 */
export class OwedSecondFactors {
  private readonly owed = new Map<string, OwedSecondFactor>();

  /**
   * Remembers a sign-in.
   *
   * @param verifier - What names it.
   * @param owed - The sign-in.
   */
  remember(verifier: string, owed: OwedSecondFactor): void {
    this.owed.set(verifier, owed);
    const [oldest] = this.owed.keys();
    if (this.owed.size > MOST_REMEMBERED && oldest !== undefined) {
      this.owed.delete(oldest);
    }
  }

  /**
   * A sign-in that this page has begun.
   *
   * @param verifier - What names it, if anything does.
   */
  find(verifier: unknown): OwedSecondFactor | undefined {
    return typeof verifier === "string" ? this.owed.get(verifier) : undefined;
  }
}
