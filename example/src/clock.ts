/** The present time, for what the page shows of it. */

import { useCallback, useSyncExternalStore } from "react";

/**
 * The local time in milliseconds since the Unix epoch, in whole intervals;
 * renders again at each.
 *
 * @param intervalMs - How exact it has to be, in milliseconds.
 */
export function useNow(intervalMs: number): number {
  const subscribe = useCallback(
    (listener: () => void) => {
      const timer = setInterval(listener, intervalMs);
      return () => clearInterval(timer);
    },
    [intervalMs],
  );
  return useSyncExternalStore(
    subscribe,
    () => Math.floor(Date.now() / intervalMs) * intervalMs,
  );
}

/** How long a wait still takes. */
export interface Countdown {
  /** Whole seconds that are left, at least 0. */
  seconds: number;
  /** Whether it is over, or there is nothing to wait for. */
  isOver: boolean;
}

/**
 * Counts the seconds until a time.
 *
 * @param time - Milliseconds since the Unix epoch, or `null`.
 */
export function useCountdown(time: number | null): Countdown {
  const now = useNow(1_000);
  const left = time === null ? 0 : Math.max(0, time - now);
  return { seconds: Math.floor(left / 1_000), isOver: left === 0 };
}
