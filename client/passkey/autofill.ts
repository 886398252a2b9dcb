/** Offering passkeys in a field of a form, for as long as the page is open. */

import {
  begin,
  timeoutOf,
  use,
  type Begun,
  type PasskeyDependencies,
} from "./ceremony.js";

/** How long before its end a challenge is replaced, in milliseconds. */
const RENEWAL_MARGIN_MS = 60_000;

/** After how many milliseconds it is tried again to get another challenge. */
const RETRY_MS = 10_000;

/** What was picked, and the ceremony that it answers. */
interface Picked {
  /** What was signed, as the server takes it. */
  response: Awaited<ReturnType<typeof use>>;
  /** What it is sent back with. */
  verifier: string;
}

/**
 * Has the browser offer passkeys until one is picked. A challenge lasts for some
 * minutes and a form may be open for hours, so it is replaced in time.
 *
 * @param dependencies - What it works with.
 * @param signal - What ends it.
 * @returns What was picked; `null` when it was ended.
 * @throws PasskeyError when the browser has not used one; ConvexError as the
 *   server threw it.
 */
export async function pickFromField(
  dependencies: PasskeyDependencies,
  signal: AbortSignal,
): Promise<Picked | null> {
  if (signal.aborted) {
    return null;
  }
  try {
    let begun: Begun | null = await begin(dependencies, "signIn-options");
    for (;;) {
      const round: Round = new Round(dependencies, begun, signal);
      try {
        const response = await use(dependencies, begun.options, {
          ...{ mediation: "conditional", signal: round.signal },
        });
        return { response, verifier: begun.verifier };
      } catch (error) {
        begun = round.next;
        if (begun === null) {
          throw error;
        }
      } finally {
        round.end();
      }
    }
  } catch (error) {
    if (signal.aborted) {
      return null;
    }
    throw error;
  }
}

/** The time in which one challenge is offered. */
class Round {
  /** What takes the place of the challenge, once it is there. */
  next: Begun | null = null;
  private readonly own = new AbortController();
  private readonly outer: AbortSignal;
  private readonly dependencies: PasskeyDependencies;
  private timer: unknown;

  constructor(
    dependencies: PasskeyDependencies,
    { options }: Begun,
    outer: AbortSignal,
  ) {
    this.dependencies = dependencies;
    this.outer = outer;
    outer.addEventListener("abort", this.abort);
    if (outer.aborted) {
      this.abort();
    }
    const timeout = timeoutOf(options);
    this.renewIn(Math.max(timeout - RENEWAL_MARGIN_MS, timeout / 2));
  }

  /** What ends the browser's ceremony. */
  get signal(): AbortSignal {
    return this.own.signal;
  }

  /** Lets go of the timer and of the signal that ends everything. */
  end(): void {
    this.dependencies.environment.timers.clearTimeout(this.timer);
    this.outer.removeEventListener("abort", this.abort);
    this.own.abort();
  }

  private readonly abort = (): void => this.own.abort();

  private renewIn(delayMs: number): void {
    const { timers } = this.dependencies.environment;
    this.timer = timers.setTimeout(() => void this.renew(), delayMs);
  }

  /** The old challenge is offered until there is another one. */
  private async renew(): Promise<void> {
    try {
      const begun = await begin(this.dependencies, "signIn-options");
      // Without this, a passkey that was picked meanwhile would be asked again.
      if (!this.own.signal.aborted) {
        this.next = begun;
        this.own.abort();
      }
    } catch {
      // Nobody has asked for it, and the network may come back.
      if (!this.own.signal.aborted) {
        this.renewIn(RETRY_MS);
      }
    }
  }
}
