import type { ReactNode } from "react";
import { SelectField } from "../../ui/SelectField";
import type { Role } from "../access";
import { roleDescription, roleName } from "../roleText";

/** The role with which somebody joins. */
export function RoleField({
  roles,
  value,
  onValue,
}: {
  roles: readonly Role[];
  value: string;
  onValue: (role: string) => void;
}): ReactNode {
  const chosen = roles.find((role) => role.role === value);
  return (
    <SelectField
      label="Role"
      name="role"
      value={value}
      onValue={onValue}
      choices={roles.map((role) => ({
        value: role.role,
        label: roleName(role.role),
        // Nobody can give more than they have themselves.
        isDisabled: !role.isGrantable,
      }))}
      hint={chosen === undefined ? undefined : roleDescription(chosen)}
    />
  );
}
