import { useMutation } from "convex/react";
import type { ReactNode } from "react";
import { api } from "../../../convex/_generated/api";
import { ConfirmForm } from "../../ui/ConfirmForm";
import { DialogButton } from "../../ui/DialogButton";
import { allows, type Organization, type Role } from "../access";
import { permissionLines, roleDescription, roleName } from "../roleText";

/** One role, and what it allows. */
export function RoleItem({
  role,
  organization: { _id: groupId, permissions },
  onDeleted,
}: {
  role: Role;
  organization: Organization;
  /** Called with what there is to say. */
  onDeleted: (text: string) => void;
}): ReactNode {
  const { roleId } = role;
  const name = roleName(role.role);
  const remove = useMutation(api.roles.remove);
  return (
    <li className="row row-top">
      <div className="row-text">
        <p className="row-title">
          <strong className="breakable">{name}</strong>
          {roleId !== undefined && (
            <span className="badge badge-good">Your own</span>
          )}
        </p>
        <p className="form-note breakable">{roleDescription(role)}</p>
        <Allowed role={role} />
      </div>
      {roleId !== undefined && allows(permissions, "role", "delete") && (
        <div className="row-actions">
          <DialogButton
            text="Delete"
            label={`Delete the role ${name}`}
            kind="danger"
            title={`Delete the role ${name}?`}
          >
            {(close) => (
              <ConfirmForm
                action="Delete"
                close={close}
                onConfirm={async () => {
                  await remove({ groupId, roleId });
                  onDeleted(`The role ${name} was deleted.`);
                }}
              >
                <p>A role that somebody has cannot be deleted.</p>
              </ConfirmForm>
            )}
          </DialogButton>
        </div>
      )}
    </li>
  );
}

function Allowed({ role }: { role: Role }): ReactNode {
  if (role.role === "owner") {
    return null;
  }
  return (
    <ul className="allowed" aria-label={`What ${roleName(role.role)} allows`}>
      {permissionLines(role.permissions).map(({ name, actions }) => (
        <li key={name}>
          <span>{name}:</span> {actions}
        </li>
      ))}
    </ul>
  );
}
