import type { Actor } from "./actor.js";
import { invalid } from "./refuse.js";
import type { Scope } from "./scopes.js";
import { checkFields } from "./shape.js";

/** How many uses of a key there may be in a time. */
export type KeyRateLimit = {
  /** How many uses. */
  maxRequests: number;
  /** In which time, in milliseconds: a second to 366 days. */
  windowMs: number;
  /**
   * `"fixedWindow"`, the default: so many from the beginning of a window to its
   * end. `"tokenBucket"`: so many at once, and they come back evenly.
   */
  kind?: "fixedWindow" | "tokenBucket";
};

/** How many uses of a key there are in all. */
export type KeyQuota = {
  /** How many there are to begin with. */
  remaining: number;
  /** How many there are after each refill. It comes with the interval. */
  refillAmount?: number;
  /** The time between two refills, in milliseconds. */
  refillInterval?: number;
};

/** A key to make, for a user or for a group. */
export type NewKey = Actor & {
  /** The user who owns it. */
  userId?: string;
  /** The group that owns it. */
  groupId?: string;
  /** The kind of key, one of `keys.configurations`: `default`. */
  configId?: string;
  /** Its name. */
  name: string;
  /** What it may be used for. */
  scopes: Scope[];
  /** How many uses there may be in a time; any number when missing. */
  rateLimit?: KeyRateLimit;
  /** How many uses there are in all; any number when missing. */
  quota?: KeyQuota;
  /** From when on it no longer works (milliseconds since 1970). */
  expiresAt?: number;
  /**
   * Whether a group's key is revoked when the actor who made it leaves the
   * group. If not, which is the default, it rests until they are back.
   */
  revokeOnLeave?: boolean;
  /** The app's own data about it, up to 4 KiB. */
  metadata?: unknown;
};

/** What of a key is to change. `null` takes a limit or the expiry away. */
export type KeyChange = {
  name?: string;
  scopes?: Scope[];
  rateLimit?: KeyRateLimit | null;
  /** A new quota begins anew. */
  quota?: KeyQuota | null;
  expiresAt?: number | null;
  /** Whether it works. */
  enabled?: boolean;
  metadata?: unknown;
};

/** The owner of a new key, as the component takes it. */
export function ownerArguments(
  userId: string | undefined,
  groupId: string | undefined,
): { userId: string } | { groupId: string } {
  if (userId !== undefined && groupId === undefined) {
    return { userId };
  }
  if (groupId !== undefined && userId === undefined) {
    return { groupId };
  }
  invalid("a key is owned by a user or by a group: give `userId` or `groupId`");
}

/**
 * Checks the limits of a key.
 *
 * @throws `INVALID_PARAMETERS`
 */
export function checkLimits({ rateLimit, quota }: KeyChange): void {
  if (rateLimit) {
    checkFields(
      rateLimit,
      "maxRequests: number, windowMs: number, kind?: fixedWindow|tokenBucket",
      "rateLimit",
    );
  }
  if (quota) {
    checkFields(
      quota,
      "remaining: number, refillAmount?: number, refillInterval?: number",
      "quota",
    );
  }
}
