import type { ReactNode } from "react";
import { useNow } from "../clock";
import { exactTime, relativeTime } from "../relativeTime";

/** How long ago something was; the exact time is its title. */
export function RelativeTime({ time }: { time: number }): ReactNode {
  const now = useNow(15_000);
  return (
    <time dateTime={new Date(time).toISOString()} title={exactTime(time)}>
      {relativeTime(time, now)}
    </time>
  );
}
