/** Times as people say them. */

const exact = new Intl.DateTimeFormat("en", {
  dateStyle: "medium",
  timeStyle: "short",
});
const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

const UNITS = [
  { unit: "day", milliseconds: 86_400_000 },
  { unit: "hour", milliseconds: 3_600_000 },
  { unit: "minute", milliseconds: 60_000 },
] as const;

/** After how many milliseconds a date says more than a number of days. */
const DATE_AFTER_MS = 14 * 86_400_000;

/**
 * A date and time, to the minute, where the reader is.
 *
 * @param time - Milliseconds since the Unix epoch.
 */
export function exactTime(time: number): string {
  return exact.format(time);
}

/**
 * How long ago something was; a date when that is long ago.
 *
 * @param time - Milliseconds since the Unix epoch, by the server's clock.
 * @param now - The same, by this device's clock: a time that is in its future
 *   is one whose clock is ahead, and counts as now.
 */
export function relativeTime(time: number, now: number): string {
  const age = now - time;
  if (age > DATE_AFTER_MS) {
    return exactTime(time);
  }
  for (const { unit, milliseconds } of UNITS) {
    if (age >= milliseconds) {
      return relative.format(-Math.floor(age / milliseconds), unit);
    }
  }
  return "just now";
}

/**
 * A duration as a clock shows it: `4:05`, `1:02:03`.
 *
 * @param seconds - Whole seconds, at least 0.
 */
export function clockDuration(seconds: number): string {
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60];
  const hours = Math.floor(seconds / 3_600);
  const [first = 0, ...rest] = hours > 0 ? [hours, ...parts] : parts;
  return [first, ...rest.map((part) => String(part).padStart(2, "0"))].join(
    ":",
  );
}

/**
 * A duration as a person says it, rounded up: `about 5 minutes`.
 *
 * @param milliseconds - At least 0.
 */
export function spokenDuration(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1_000);
  if (seconds < 60) {
    return seconds === 1 ? "1 second" : `${seconds} seconds`;
  }
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 60) {
    return minutes === 1 ? "about 1 minute" : `about ${minutes} minutes`;
  }
  const hours = Math.ceil(minutes / 60);
  return hours === 1 ? "about 1 hour" : `about ${hours} hours`;
}
