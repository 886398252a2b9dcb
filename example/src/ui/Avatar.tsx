import type { ReactNode } from "react";

/** The first letter of a name, for the eye. */
export function Avatar({
  name,
  isSquare = false,
}: {
  name: string;
  /** Organizations are square, people are round. */
  isSquare?: boolean;
}): ReactNode {
  return (
    <span
      className={isSquare ? "avatar avatar-square" : "avatar"}
      aria-hidden="true"
    >
      {[...name][0]?.toUpperCase()}
    </span>
  );
}
