import type { ReactNode } from "react";
import { Icon, type IconName } from "./Icon";

const ICONS = {
  info: "mail",
  success: "check",
  warning: "alert",
  danger: "alert",
} as const satisfies Record<string, IconName>;

/** A box with something the person should read now. */
export function Notice({
  kind = "info",
  icon = ICONS[kind],
  title,
  children,
}: {
  kind?: keyof typeof ICONS;
  icon?: IconName;
  title?: string;
  children?: ReactNode;
}): ReactNode {
  return (
    <div
      className={`notice notice-${kind}`}
      role={kind === "danger" ? "alert" : "status"}
    >
      <Icon name={icon} />
      <div>
        {title !== undefined && <strong>{title}</strong>}
        {children !== undefined && <div>{children}</div>}
      </div>
    </div>
  );
}
