import type { PermissionDefinition, RoleName } from "./definePermissions.js";
import { refuse } from "./refuse.js";
import type { Shape } from "./shape.js";

/** The roles of a membership: one, or several. `member` if none is named. */
export type Roles<P extends PermissionDefinition = PermissionDefinition> = {
  /** The only role. */
  role?: RoleName<P>;
  /** Up to 16 roles, whose permissions are united. */
  roles?: RoleName<P>[];
};

/** The fields of {@link Roles}. */
export const ROLES_SHAPE = {
  role: "text?",
  roles: "texts?",
} as const satisfies Shape;

/**
 * Roles in the form in which the component takes them.
 *
 * @throws `INVALID_PARAMETERS` when they are named in both ways.
 */
export function rolesArguments({ role, roles }: Roles): { roles?: string[] } {
  if (role !== undefined && roles !== undefined) {
    refuse("INVALID_PARAMETERS", "name the roles by `role` or by `roles`");
  }
  if (role !== undefined) {
    return { roles: [role] };
  }
  return roles === undefined ? {} : { roles };
}
