/** What is said about API keys. */

import type { FunctionReturnType } from "convex/server";
import type { api } from "../../convex/_generated/api";

/** A key as the server lists it. */
export type Key = FunctionReturnType<typeof api.keys.list>[number];

/** How many uses of a key there may be in a time. */
export type RateLimit = NonNullable<Key["rateLimit"]>;

/** How many uses of a key there are. */
export type Quota = NonNullable<Key["quota"]>;

/** Whether a key works, and why not. */
export interface KeyState {
  label:
    | "Active"
    | "Disabled"
    | "Resting"
    | "Expired"
    | "Used up"
    | "Revoked"
    | "Replaced";
  badge: string;
  /** Whether it has come to its end. */
  isOver: boolean;
}

/**
 * The state of a key.
 *
 * @param key - From the server, which does not tell when one expires.
 * @param now - Milliseconds since the Unix epoch.
 */
export function keyState(key: Key, now: number): KeyState {
  const ended = (label: KeyState["label"]): KeyState => ({
    ...{ label, badge: "badge", isOver: true },
  });
  if (key.revoked) {
    return ended(key.isReplaced ? "Replaced" : "Revoked");
  }
  if (key.expiresAt !== undefined && key.expiresAt <= now) {
    return ended("Expired");
  }
  if (key.isUsedUp) {
    return ended("Used up");
  }
  if (!key.enabled) {
    return { label: "Disabled", badge: "badge badge-danger", isOver: false };
  }
  return key.maker?.isMember === false
    ? { label: "Resting", badge: "badge badge-danger", isOver: false }
    : { label: "Active", badge: "badge badge-good", isOver: false };
}

const SPANS: Readonly<Record<number, string>> = {
  60_000: "minute",
  3_600_000: "hour",
  86_400_000: "day",
};

function spanText(milliseconds: number): string {
  return SPANS[milliseconds] ?? `${Math.round(milliseconds / 1_000)} seconds`;
}

/** How often a key may be used, as in `100 uses per hour`. */
export function rateLimitText({ maxRequests, windowMs }: RateLimit): string {
  return `${maxRequests.toLocaleString("en")} uses per ${spanText(windowMs)}`;
}

/** How many uses there are, as in `100 uses in all`. */
export function quotaText({
  remaining,
  refillAmount,
  refillInterval,
}: Quota): string {
  const first = `${remaining.toLocaleString("en")} uses`;
  if (refillAmount === undefined || refillInterval === undefined) {
    return `${first} in all`;
  }
  const again =
    refillAmount === remaining
      ? "again"
      : `then ${refillAmount.toLocaleString("en")}`;
  return `${first}, ${again} every ${spanText(refillInterval)}`;
}
