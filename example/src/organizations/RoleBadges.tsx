import type { ReactNode } from "react";
import { roleName } from "./roleText";

/** The roles that somebody has. */
export function RoleBadges({ roles }: { roles: readonly string[] }): ReactNode {
  return roles.map((role) => (
    <span
      key={role}
      className={role === "owner" ? "badge badge-good" : "badge"}
    >
      {roleName(role)}
    </span>
  ));
}
