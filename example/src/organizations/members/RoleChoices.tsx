import { useId, type ReactNode } from "react";
import { Checkbox } from "../../ui/Checkbox";
import type { Role } from "../access";
import { roleDescription, roleName } from "../roleText";

/** Choosing roles. Those that give more than one's own are shown, not offered. */
export function RoleChoices({
  roles,
  chosen,
  onChosen,
  error,
}: {
  roles: readonly Role[];
  chosen: readonly string[];
  onChosen: (chosen: readonly string[]) => void;
  error?: string | undefined;
}): ReactNode {
  const id = useId();
  return (
    <fieldset className="choices" aria-describedby={id}>
      <legend>Roles</legend>
      {roles.map((role) => (
        <Checkbox
          key={role.role}
          name="roles"
          label={roleName(role.role)}
          description={
            role.isGrantable
              ? roleDescription(role)
              : "Allows more than your own roles do"
          }
          isChecked={chosen.includes(role.role)}
          isDisabled={!role.isGrantable}
          onChange={(isChecked) =>
            onChosen(
              isChecked
                ? [...chosen, role.role]
                : chosen.filter((other) => other !== role.role),
            )
          }
        />
      ))}
      <div id={id} aria-live="polite">
        {error !== undefined && <p className="field-error">{error}</p>}
      </div>
    </fieldset>
  );
}
