import type { ReactNode } from "react";
import { Checkbox } from "../../ui/Checkbox";
import type { Permissions } from "../access";
import { RESOURCES } from "../roleText";
import { permissionKey, type ChosenPermissions } from "./chosenPermissions";

/** Choosing what a role allows, kind by kind. */
export function PermissionChoices({
  permissions,
  chosen,
  onChosen,
  error,
}: {
  /** What the person may do; the rest cannot be chosen. */
  permissions: Permissions;
  chosen: ChosenPermissions;
  onChosen: (chosen: ChosenPermissions) => void;
  error?: string | undefined;
}): ReactNode {
  function change(key: string, isChecked: boolean): void {
    const changed = new Set(chosen);
    if (isChecked) {
      changed.add(key);
    } else {
      changed.delete(key);
    }
    onChosen(changed);
  }
  return (
    <div className="permissions">
      <p className="permissions-title">What it allows</p>
      {RESOURCES.map(({ resource, name, actions }) => {
        const held: readonly string[] = permissions[resource] ?? [];
        return (
          <fieldset key={resource} className="permission-row">
            <legend>{name}</legend>
            <div className="permission-actions">
              {actions.map((action) => {
                const key = permissionKey(resource, action.action);
                return (
                  <Checkbox
                    key={key}
                    name="permissions"
                    label={action.name}
                    isChecked={chosen.has(key)}
                    isDisabled={!held.includes(action.action)}
                    onChange={(isChecked) => change(key, isChecked)}
                  />
                );
              })}
            </div>
          </fieldset>
        );
      })}
      <p className="field-hint">You cannot give what you do not have.</p>
      <div aria-live="polite">
        {error !== undefined && <p className="field-error">{error}</p>}
      </div>
    </div>
  );
}
