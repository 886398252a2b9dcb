import { useId, type ReactNode } from "react";

/** How far something is that takes its time. */
export function ProgressBar({
  label,
  value,
  total,
}: {
  /** What is being done. */
  label: ReactNode;
  /** How much is done. */
  value: number;
  /** How much there is to do; zero when that is not known yet. */
  total: number;
}): ReactNode {
  const id = useId();
  const percent =
    total === 0 ? 0 : Math.min(100, Math.floor((100 * value) / total));
  return (
    <div className="progress">
      <p className="progress-label">
        <span id={id}>{label}</span>
        <span aria-hidden="true">{percent} %</span>
      </p>
      <div
        className="progress-track"
        role="progressbar"
        aria-labelledby={id}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
      >
        <div className="progress-bar" style={{ width: `${percent}%` }} />
      </div>
    </div>
  );
}
