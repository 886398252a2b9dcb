const DAY_MS = 86_400_000;

/** For how long a deleted organization can be restored, in milliseconds. */
export const GRACE_PERIODS = [
  { value: "0", label: "No time: it is gone at once" },
  { value: String(DAY_MS), label: "1 day" },
  { value: String(7 * DAY_MS), label: "7 days" },
  { value: String(30 * DAY_MS), label: "30 days" },
] as const;

/**
 * A grace period in words.
 *
 * @param milliseconds - Whole days.
 */
export function graceText(milliseconds: number): string {
  const days = Math.round(milliseconds / DAY_MS);
  return days === 1 ? "1 day" : `${days} days`;
}
