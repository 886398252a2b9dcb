import type { ReactNode } from "react";
import { Icon, type IconName } from "./Icon";

/** What stands where there is nothing yet, and what to do about it. */
export function EmptyState({
  icon,
  title,
  children,
}: {
  icon: IconName;
  title: string;
  children?: ReactNode;
}): ReactNode {
  return (
    <div className="panel empty">
      <Icon name={icon} />
      <p>
        <strong>{title}</strong>
      </p>
      {children}
    </div>
  );
}
