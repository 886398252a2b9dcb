/** What is said about API keys. */

import type { FunctionReturnType } from "convex/server";
import type { api } from "../../convex/_generated/api";
import type { KeyScope } from "../../convex/keyScopes";

/** A key as the server lists it. */
export type Key = FunctionReturnType<typeof api.keys.list>[number];

/** What a key can be made for, with a request that needs it. */
export const SCOPES: readonly {
  scope: KeyScope;
  description: string;
  request: string;
  /** The request as arguments of `curl`, after the key. */
  options: string;
  path: string;
}[] = [
  {
    scope: "profile:read",
    description: "Read your name and e-mail address",
    request: "GET /api/me",
    ...{ options: "", path: "/api/me" },
  },
  {
    scope: "report:read",
    description: "Read the reports of your active organization",
    request: "GET /api/reports",
    ...{ options: "", path: "/api/reports" },
  },
  {
    scope: "report:publish",
    description: "Publish reports there, if your role allows it",
    request: "POST /api/reports",
    options: ` --json '{"title":"Hello","text":"Sent with a key."}'`,
    path: "/api/reports",
  },
];

/** Whether a key works, and why not. */
export interface KeyState {
  label: "Active" | "Disabled" | "Expired" | "Revoked" | "Replaced";
  badge: string;
  /** Whether it will never work again. */
  isOver: boolean;
}

/**
 * The state of a key.
 *
 * @param key - From the server, which does not tell when one expires.
 * @param now - Milliseconds since the Unix epoch.
 */
export function keyState(key: Key, now: number): KeyState {
  if (key.revoked) {
    const label = key.isReplaced ? "Replaced" : "Revoked";
    return { label, badge: "badge", isOver: true };
  }
  if (key.expiresAt !== undefined && key.expiresAt <= now) {
    return { label: "Expired", badge: "badge", isOver: true };
  }
  return key.enabled
    ? { label: "Active", badge: "badge badge-good", isOver: false }
    : { label: "Disabled", badge: "badge badge-danger", isOver: false };
}

const WINDOWS: Readonly<Record<number, string>> = {
  60_000: "minute",
  3_600_000: "hour",
  86_400_000: "day",
};

/** How often a key may be used, as in `100 uses an hour`. */
export function rateLimitText({
  maxRequests,
  windowMs,
}: NonNullable<Key["rateLimit"]>): string {
  const span = WINDOWS[windowMs] ?? `${Math.round(windowMs / 1_000)} seconds`;
  return `${maxRequests.toLocaleString("en")} uses per ${span}`;
}
