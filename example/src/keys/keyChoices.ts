/** What can be chosen about the end and the limits of a key. */

import { exactTime } from "../relativeTime";
import type { Choice } from "../ui/SelectField";
import {
  quotaText,
  rateLimitText,
  type Key,
  type Quota,
  type RateLimit,
} from "./keyText";

const DAY_MS = 86_400_000;

/** The choice that changes nothing. */
export const KEEP = "keep";

/** The choice of no limit, and of no end. */
const NONE = "";

const LIMITS: readonly RateLimit[] = [
  { maxRequests: 10, windowMs: 60_000 },
  { maxRequests: 100, windowMs: 3_600_000 },
  { maxRequests: 1_000, windowMs: DAY_MS },
];

const QUOTAS: readonly Quota[] = [
  { remaining: 10 },
  { remaining: 100 },
  { remaining: 100, refillAmount: 100, refillInterval: DAY_MS },
];

const LIMIT_CHOICES: readonly Choice[] = [
  { value: NONE, label: "No limit" },
  ...LIMITS.map((limit, index) => ({
    ...{ value: String(index), label: rateLimitText(limit) },
  })),
];

const QUOTA_CHOICES: readonly Choice[] = [
  { value: NONE, label: "Any number of uses" },
  ...QUOTAS.map((quota, index) => ({
    ...{ value: String(index), label: quotaText(quota) },
  })),
];

const DAYS = [7, 30, 90] as const;

const NEVER: Choice = { value: NONE, label: "Never" };

/** What is chosen about the end and the limits of a key. */
export interface ChosenTerms {
  lifetime: string;
  limit: string;
  quota: string;
}

/** What there is to choose from. */
export type TermChoices = Record<keyof ChosenTerms, readonly Choice[]>;

/** For a new key. */
export const NEW_KEY_CHOICES: TermChoices = {
  lifetime: [
    ...DAYS.map((days) => ({
      ...{ value: String(days), label: `${days} days` },
    })),
    NEVER,
  ],
  ...{ limit: LIMIT_CHOICES, quota: QUOTA_CHOICES },
};

/** What is chosen for a new key at first. */
export const NEW_KEY_TERMS: ChosenTerms = {
  ...{ lifetime: "30", limit: NONE, quota: NONE },
};

/** For a key that is there: what it has can be kept. */
export function presentChoices({
  expiresAt,
  rateLimit,
  quota,
}: Key): TermChoices {
  const kept = (label: string) => ({ value: KEEP, label });
  return {
    lifetime: [
      ...(expiresAt === undefined ? [] : [kept(exactTime(expiresAt))]),
      ...DAYS.map((days) => ({
        ...{ value: String(days), label: `${days} days from now` },
      })),
      NEVER,
    ],
    limit:
      rateLimit === undefined
        ? LIMIT_CHOICES
        : [
            kept(rateLimitText(rateLimit)),
            ...LIMIT_CHOICES.filter(
              ({ label }) => label !== rateLimitText(rateLimit),
            ),
          ],
    quota:
      quota === undefined
        ? QUOTA_CHOICES
        : [
            kept(quotaText(quota)),
            // The same once more: counted anew.
            ...QUOTA_CHOICES.map(({ value, label }) => ({
              value,
              label: value === NONE ? label : `${label}, counted anew`,
            })),
          ],
  };
}

/** What is chosen for a key that is there, before anything is changed. */
export function presentTerms({
  expiresAt,
  rateLimit,
  quota,
}: Key): ChosenTerms {
  const kept = (value: unknown) => (value === undefined ? NONE : KEEP);
  return {
    ...{ lifetime: kept(expiresAt), limit: kept(rateLimit) },
    quota: kept(quota),
  };
}

/** For how long, in milliseconds; `null`: for ever. */
export function lifetimeOf(chosen: string): number | null {
  return chosen === NONE ? null : Number(chosen) * DAY_MS;
}

/** The limit that is chosen, or `null`. */
export function limitOf(chosen: string): RateLimit | null {
  return (chosen === NONE ? undefined : LIMITS[Number(chosen)]) ?? null;
}

/** The quota that is chosen, or `null`. */
export function quotaOf(chosen: string): Quota | null {
  return (chosen === NONE ? undefined : QUOTAS[Number(chosen)]) ?? null;
}
