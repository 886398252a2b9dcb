import type { PermissionDefinition, RoleName } from "./definePermissions.js";
import { invalid } from "./refuse.js";

/** The roles of a membership: one, or several. `member` if none is named. */
export type Roles<P extends PermissionDefinition = PermissionDefinition> = {
  /** The only role. */
  role?: RoleName<P>;
  /** Up to 16 roles, whose permissions are united. */
  roles?: RoleName<P>[];
};

/** The fields of {@link Roles}. */
export const ROLES_FIELDS = "role?, roles?: texts";

/**
 * Roles in the form in which the component takes them.
 *
 * @throws `INVALID_PARAMETERS` when they are named in both ways.
 */
export function rolesArguments({ role, roles }: Roles): { roles?: string[] } {
  if (role !== undefined && roles !== undefined) {
    invalid("name the roles by `role` or by `roles`");
  }
  return { roles: role === undefined ? roles : [role] };
}
