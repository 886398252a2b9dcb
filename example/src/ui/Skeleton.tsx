import type { ReactNode } from "react";

/** Grey lines where text will be. */
export function Skeleton({ lines = 3 }: { lines?: number }): ReactNode {
  return (
    <div className="skeleton" role="status">
      <span className="visually-hidden">Loading…</span>
      {Array.from({ length: lines }, (_, index) => (
        <span key={index} className="skeleton-line" aria-hidden="true" />
      ))}
    </div>
  );
}
