import type { ReactNode } from "react";
import { useCountdown } from "../clock";
import type { Failure } from "../failure";
import { clockDuration } from "../relativeTime";
import { Notice } from "./Notice";

/** What concerns the whole form; with a limit it counts down and goes away. */
export function FailureNotice({
  failure,
}: {
  failure: Failure | null;
}): ReactNode {
  const { seconds, isOver } = useCountdown(failure?.retryTime ?? null);
  if (failure === null || (failure.retryTime !== null && isOver)) {
    return null;
  }
  return (
    <Notice kind="danger">
      {failure.text}
      {failure.retryTime !== null && (
        // The sentence has said it; a screen reader need not hear each second.
        <span className="countdown" aria-hidden="true">
          {clockDuration(seconds)}
        </span>
      )}
    </Notice>
  );
}
